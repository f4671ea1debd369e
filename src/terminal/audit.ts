// `locksmith audit verify|export`: who did what, and whether every line is still as it was written.
import type { Settings } from '../settings.ts';
import { openStorage } from '../storage/database.ts';
import { missingStateFile } from '../storage/state-files.ts';
import { openVault } from '../storage/vault.ts';
import { cannot, type ExitCode } from './exit.ts';
import type { Options } from './options.ts';

export function auditCommand(settings: Settings, options: Options, print: (text: string) => void): ExitCode {
  // To look must not make an empty one: "0 lines" of the wrong folder would read like an answer.
  const missing = missingStateFile(settings.stateDir);
  if (missing !== null)
    throw cannot(
      `There is no audit to look at: ${settings.stateDir} has no ${missing}. Set LOCKSMITH_STATE_DIR to the folder that the bot keeps its state in.`,
    );
  const storage = openStorage(settings.stateDir, openVault(settings.stateDir));
  try {
    if (options.action === 'export') {
      for (const { id, entry, link } of storage.audit.lines()) print(JSON.stringify({ id, ...entry, link }));
      return 0;
    }
    const { lines, broken } = storage.audit.verify();
    if (broken === 'end')
      throw cannot(
        `The audit was changed: lines are missing at its end, or its end was not written here (${lines} lines in ${settings.stateDir}).`,
      );
    if (broken !== null)
      throw cannot(
        `The audit was changed: line ${broken} does not follow from the one before it (${lines} lines in ${settings.stateDir}).`,
      );
    print(options.json ? JSON.stringify({ lines, whole: true }) : `${lines} lines, each as it was written.`);
    return 0;
  } finally {
    storage.close();
  }
}

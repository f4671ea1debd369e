// `locksmith audit verify|export`: who did what, and whether every line is still as it was written.
import type { Settings } from '../settings.ts';
import { openStorage } from '../storage/database.ts';
import { openVault } from '../storage/vault.ts';
import { cannot, type ExitCode } from './exit.ts';
import type { Options } from './options.ts';

export function auditCommand(settings: Settings, options: Options, print: (text: string) => void): ExitCode {
  const storage = openStorage(settings.stateDir, openVault(settings.stateDir));
  try {
    if (options.action === 'export') {
      for (const { id, entry, link } of storage.audit.lines()) print(JSON.stringify({ id, ...entry, link }));
      return 0;
    }
    const { lines, broken } = storage.audit.verify();
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

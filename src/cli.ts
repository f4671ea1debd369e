// Composition root of the terminal command. The paste comes on stdin, the document goes to stdout, everything else to stderr.
import { randomBytes } from 'node:crypto';
import { readSettings, type Settings, SettingsError } from './settings.ts';
import { StateError } from './storage/state-files.ts';
import { parsePaste } from './symptom/parse-paste.ts';
import { publicSymptom } from './symptom/public-form.ts';
import { auditCommand } from './terminal/audit.ts';
import { diagnoseCommand } from './terminal/diagnose.ts';
import { doctorCommand } from './terminal/doctor.ts';
import { CommandError, type ExitCode } from './terminal/exit.ts';
import { fixCommand, undoCommand } from './terminal/fix.ts';
import { labCommand } from './terminal/lab.ts';
import { help, readCommand } from './terminal/options.ts';
import { readPaste } from './terminal/stdin.ts';
import { symptomText } from './terminal/text.ts';

async function run(args: readonly string[]): Promise<ExitCode> {
  const print = (text: string): void => {
    process.stdout.write(`${text}\n`);
  };
  const { command, options } = readCommand(args);
  if (command === 'help') {
    print(help);
    return 0;
  }
  if (command === 'parse') {
    const passing = randomBytes(16).toString('hex');
    const { symptom } = parsePaste(await readPaste(), (text) => `${passing.length}:${text.length}`);
    print(options.json ? JSON.stringify(publicSymptom(symptom), null, 2) : symptomText(symptom));
    return 0;
  }
  const settings = settingsOrEnd();
  if (command === 'diagnose') return diagnoseCommand(settings, options, readPaste, print);
  if (command === 'fix') return fixCommand(settings, options, readPaste, print);
  if (command === 'undo') return undoCommand(settings, options, print);
  if (command === 'lab') return labCommand(settings, options, print);
  if (command === 'audit') return auditCommand(settings, options, print);
  return doctorCommand(settings, options, print);
}

function settingsOrEnd(): Settings {
  try {
    return readSettings();
  } catch (error) {
    throw error instanceof SettingsError ? new CommandError(1, error.message) : error;
  }
}

async function runToExit(): Promise<number> {
  try {
    return await run(process.argv.slice(2));
  } catch (error) {
    const known = error instanceof CommandError || error instanceof StateError;
    const unforeseen = `This should not have happened (${error instanceof Error ? error.name : 'error'}). Look before you repeat it: whether something was changed is not known.`;
    process.stderr.write(`${known ? error.message : unforeseen}\n`);
    return error instanceof CommandError ? error.exit : 1;
  }
}

const code = await runToExit();
// A credential may still be looking for a token long after the deadline; nothing waits for it once all is printed.
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));

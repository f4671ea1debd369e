// The terminal command's words -> options. Everything unknown is said, nothing is guessed.
import { parseArgs } from 'node:util';
import { usage } from './exit.ts';

export const commands = ['parse', 'diagnose', 'fix', 'undo', 'lab', 'doctor', 'audit'] as const;
export type Command = (typeof commands)[number];

export interface Options {
  readonly json: boolean;
  readonly services: readonly string[];
  readonly keyPrefix: string | null;
  /** An estate file: the practice API Management is started for this one question. */
  readonly lab: string | null;
  readonly saveSnapshot: string | null;
  readonly fromSnapshot: string | null;
  readonly cause: string | null;
  /** The plan that `undo` takes back. */
  readonly plan: string | null;
  readonly yes: boolean;
  readonly estate: string | null;
  /** What `audit` is to do. */
  readonly action: 'verify' | 'export' | null;
}

const allowed: Readonly<Record<Command, readonly string[]>> = {
  parse: ['json'],
  diagnose: ['json', 'service', 'key-prefix', 'lab', 'save-snapshot', 'from-snapshot'],
  fix: ['json', 'service', 'key-prefix', 'lab', 'cause', 'yes'],
  undo: ['json', 'service', 'plan', 'yes'],
  lab: ['estate', 'json'],
  doctor: ['json', 'service', 'lab'],
  audit: ['json'],
};

export const help = `locksmith COMMAND [options]     (the paste comes on standard input)

  parse     [--json]                         what a paste says
  diagnose  [--json] [--service ARM_ID]... [--key-prefix P] [--lab ESTATE]
            [--save-snapshot FILE | --from-snapshot FILE]
  fix       --cause ID [--yes] [--json] [--service ARM_ID]... [--key-prefix P] [--lab ESTATE]
                                             shows the plan; with --yes applies and verifies it
  undo      --plan ID [--yes] [--json]       takes a fix of this terminal back, while its time runs
  lab       --estate FILE                    the practice API Management alone
  doctor    [--lab ESTATE]                   every setting and permission, one line each
  audit     verify | export                  whether every line is as it was written; all lines as JSON

Exit: 0 answered, 3 no cause confirmed or suspected, 2 wrong usage, 1 could not do it.`;

export function readCommand(args: readonly string[]): { readonly command: Command | 'help'; readonly options: Options } {
  const [word, ...rest] = args;
  if (word === undefined) throw usage(`Say what to do: ${commands.join(', ')}. "locksmith help" shows all.`);
  if (word === 'help' || word === '--help' || word === '-h') return { command: 'help', options: readOptions('parse', []) };
  if (word === 'sweep') throw usage(`sweep is not there yet. Available: ${commands.join(', ')}.`);
  const command = commands.find((one) => one === word);
  if (command === undefined) throw usage(`There is no such command${named(word)}. Available: ${commands.join(', ')}.`);
  if (command === 'audit') {
    const [action, ...others] = rest;
    if (action !== 'verify' && action !== 'export') throw usage('Say what to do with the audit: verify or export.');
    return { command, options: { ...readOptions(command, others), action } };
  }
  return { command, options: readOptions(command, rest) };
}

function readOptions(command: Command, args: readonly string[]): Options {
  const values = parse(args);
  for (const name of Object.keys(values)) {
    if (!allowed[command].includes(name)) throw usage(`${command} has no option --${name}.`);
  }
  const keyPrefix = values['key-prefix'] ?? null;
  if (keyPrefix !== null && keyPrefix.trim().length < 4) {
    throw usage('--key-prefix needs at least the first four characters of the key: fewer fit too many keys.');
  }
  if (values['save-snapshot'] !== undefined && values['from-snapshot'] !== undefined)
    throw usage('Give --save-snapshot or --from-snapshot, not both.');
  if (values['from-snapshot'] !== undefined && (values.lab !== undefined || values.service !== undefined)) {
    throw usage('--from-snapshot asks nobody: it goes without --lab and --service.');
  }
  if (command === 'fix' && values.cause === undefined) throw usage('fix needs --cause ID: the cause to mend, as diagnose names it.');
  if (command === 'undo' && values.plan === undefined) throw usage('undo needs --plan ID: the plan that fix --json names.');
  return {
    json: values.json ?? false,
    services: values.service ?? [],
    keyPrefix,
    lab: values.lab ?? null,
    saveSnapshot: values['save-snapshot'] ?? null,
    fromSnapshot: values['from-snapshot'] ?? null,
    cause: values.cause ?? null,
    plan: values.plan ?? null,
    yes: values.yes ?? false,
    estate: values.estate ?? null,
    action: null,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: {
        json: { type: 'boolean' },
        service: { type: 'string', multiple: true },
        'key-prefix': { type: 'string' },
        lab: { type: 'string' },
        'save-snapshot': { type: 'string' },
        'from-snapshot': { type: 'string' },
        cause: { type: 'string' },
        plan: { type: 'string' },
        yes: { type: 'boolean' },
        estate: { type: 'string' },
      },
    }).values;
  } catch (error) {
    // Node quotes the argument, which may be a key that slipped onto the command line.
    const code = (error as { code?: string }).code;
    throw usage(
      code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL'
        ? 'The paste comes on standard input, not as an argument.'
        : 'An option is unknown or has no value. "locksmith help" shows all options.',
    );
  }
}

/** The word, when it is nothing but letters and dashes: a key that slipped onto the command line is not repeated. */
export function named(word: string): string {
  return /^[a-z-]{1,60}$/i.test(word) ? ` as "${word}"` : '';
}

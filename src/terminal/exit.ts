// How a command ends (contract.md): 0 answered, 3 nothing confirmed or suspected, 2 wrong usage, 1 could not do it.

export type ExitCode = 0 | 1 | 2 | 3;

/** Ends a command with one clear line on stderr. */
export class CommandError extends Error {
  readonly exit: ExitCode;
  constructor(exit: ExitCode, message: string) {
    super(message);
    this.name = 'CommandError';
    this.exit = exit;
  }
}

export function usage(message: string): CommandError {
  return new CommandError(2, message);
}

export function cannot(message: string): CommandError {
  return new CommandError(1, message);
}

// The two files of a state directory: the database and, apart from it, the key that seals what is in it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const stateFiles = { database: 'locksmith.db', key: 'locksmith.key' } as const;

/** Something is wrong with the state directory; the message is for whoever started the process. */
export class StateError extends Error {
  override readonly name = 'StateError';
}

/** The file that is not there, so that a command that only reads makes none; null when both are. */
export function missingStateFile(stateDir: string): string | null {
  return Object.values(stateFiles).find((file) => !existsSync(join(stateDir, file))) ?? null;
}

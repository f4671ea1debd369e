// A folder for a test's state, in memory where the machine has such a place: a commit then costs no wait for a disk.
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const inMemory = '/dev/shm';

export function makeStateDir(name: string): string {
  return mkdtempSync(join(existsSync(inMemory) ? inMemory : tmpdir(), `locksmith-${name}-`));
}

// The key file is whole from the first moment, and refused when it is not.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openVault } from '../../src/storage/vault.ts';
import { locksmith } from '../harness/command.ts';

const linked: { path: string; bytes: number; before: readonly string[] }[] = [];
const other = Buffer.alloc(32, 7);
let meanwhile: (path: string) => void = () => {};

jest.mock('node:fs', () => {
  const real = jest.requireActual<typeof import('node:fs')>('node:fs');
  return {
    ...real,
    linkSync(from: string, to: string) {
      linked.push({ path: to, bytes: real.readFileSync(from).length, before: real.readdirSync(folder) });
      meanwhile(to);
      real.linkSync(from, to);
    },
  };
});

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'locksmith-vault-'));
  linked.length = 0;
  meanwhile = () => {};
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('gets its name only when it is written, and is for its owner only', () => {
  const vault = openVault(folder);

  expect(linked).toMatchObject([{ path: join(folder, 'locksmith.key'), bytes: 32 }]);
  expect(linked[0]?.before).not.toContain('locksmith.key');
  expect(readdirSync(folder)).toEqual(['locksmith.key']);
  expect(statSync(join(folder, 'locksmith.key')).mode & 0o777).toBe(0o600);
  expect(openVault(folder).hash('x')).toBe(vault.hash('x'));
});

it('is the one of whoever was first', () => {
  meanwhile = (path) => writeFileSync(path, other);
  const vault = openVault(folder);

  expect(readFileSync(join(folder, 'locksmith.key'))).toEqual(other);
  expect(readdirSync(folder)).toEqual(['locksmith.key']);
  expect(openVault(folder).hash('x')).toBe(vault.hash('x'));
});

it('is copied where the file system has no hard links', () => {
  meanwhile = () => {
    throw Object.assign(new Error('no links here'), { code: 'EPERM' });
  };
  const vault = openVault(folder);
  expect(readdirSync(folder)).toEqual(['locksmith.key']);
  expect(statSync(join(folder, 'locksmith.key')).mode & 0o777).toBe(0o600);
  expect(openVault(folder).hash('x')).toBe(vault.hash('x'));
});

it.each([0, 31, 33])('is refused with %d bytes, and left as it is', async (bytes) => {
  writeFileSync(join(folder, 'locksmith.key'), Buffer.alloc(bytes, 1));
  expect(() => openVault(folder)).toThrow(`holds ${bytes} bytes instead of 32`);
  expect(readFileSync(join(folder, 'locksmith.key')).length).toBe(bytes);
});

it('is said by a command in one sentence', async () => {
  writeFileSync(join(folder, 'locksmith.key'), '');
  writeFileSync(join(folder, 'locksmith.db'), '');
  const ran = await locksmith(['audit', 'verify'], '', { LOCKSMITH_STATE_DIR: folder });
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).toMatch(/^The key file .* holds 0 bytes instead of 32, so it is damaged\./);
});

it('that cannot be read for another reason is no reason to say that nothing was changed', async () => {
  writeFileSync(join(folder, 'locksmith.key'), other);
  writeFileSync(join(folder, 'locksmith.db'), 'this is no database, and longer than a header of one would be '.repeat(20));
  const ran = await locksmith(['audit', 'verify'], '', { LOCKSMITH_STATE_DIR: folder });
  expect(ran.code).toBe(1);
  expect(ran.stderr).toMatch(/This should not have happened .*Look before you repeat it/);
});

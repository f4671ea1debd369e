// The audit is only ever added to, and shows when somebody touched it.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AuditEntry } from '../../src/remediation/ports.ts';
import { openStorage } from '../../src/storage/database.ts';
import { openVault, passingVault } from '../../src/storage/vault.ts';
import { locksmith } from '../harness/command.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'locksmith-audit-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function entry(says: string): AuditEntry {
  const who = { id: 'x', name: 'X', tenant: null };
  return {
    at: '2026-11-20T09:00:00Z',
    step: 'applied',
    plan: 'p',
    cause: 'c',
    service: '/s',
    who,
    conversation: null,
    digest: null,
    changes: [],
    requestIds: [],
    says,
  };
}

async function write(count: number): Promise<void> {
  const storage = openStorage(folder, openVault(folder));
  for (let index = 1; index <= count; index += 1) await storage.audit.append(entry(`line ${index}`));
  storage.close();
}

function tamper(statement: string): void {
  const db = new DatabaseSync(join(folder, 'locksmith.db'));
  db.exec(statement);
  db.close();
}

const env = (): Record<string, string> => ({ LOCKSMITH_STATE_DIR: folder });

it('verifies and exports what was written, over restarts', async () => {
  await write(2);
  await write(1);

  const verified = await locksmith(['audit', 'verify'], '', env());
  const exported = await locksmith(['audit', 'export'], '', env());

  expect(verified).toMatchObject({ code: 0, stdout: '3 lines, each as it was written.\n' });
  const lines = exported.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; says: string; link: string });
  expect(lines.map(({ id, says }) => `${id} ${says}`)).toEqual(['1 line 1', '2 line 2', '3 line 1']);
  expect(new Set(lines.map(({ link }) => link)).size).toBe(3);
});

it.each([
  ['a line was changed', `UPDATE audit SET line = replace(line, 'line 2', 'line x') WHERE id = 2`, '2'],
  ['a line was removed', 'DELETE FROM audit WHERE id = 2', '3'],
  [
    'two lines were swapped',
    'UPDATE audit SET id = 10 - id WHERE id IN (2, 3); UPDATE audit SET id = 10 - id + 1 WHERE id = 8; UPDATE audit SET id = 2 WHERE id = 7',
    '2',
  ],
  ['a link was made up', `UPDATE audit SET link = 'aa' WHERE id = 3`, '3'],
])('says which line does not fit when %s', async (_, statement, broken) => {
  await write(4);
  tamper(statement);

  const ran = await locksmith(['audit', 'verify'], '', env());

  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).toContain(`line ${broken} does not follow`);
});

it.each([
  ['the last lines', 'DELETE FROM audit WHERE id > 2'],
  ['the last lines, and their numbers', `DELETE FROM audit WHERE id > 2; UPDATE sqlite_sequence SET seq = 2 WHERE name = 'audit'`],
  ['the last lines and the head', `DELETE FROM audit WHERE id > 2; DELETE FROM audit_head; UPDATE sqlite_sequence SET seq = 2`],
  ['all lines', `DELETE FROM audit; DELETE FROM sqlite_sequence`],
])('says that lines are missing when somebody took away %s, also after the next line', async (_, statement) => {
  await write(4);
  tamper(statement);

  const ran = await locksmith(['audit', 'verify'], '', env());
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).toContain('lines are missing at its end');

  await write(2);
  const storage = openStorage(folder, openVault(folder));
  expect(storage.audit.verify().broken).not.toBeNull();
  storage.close();
});

it.each(['verify', 'export'])('has nothing to %s where there is no database, and makes none', async (action) => {
  const ran = await locksmith(['audit', action], '', env());
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).toContain(`${folder} has no locksmith.db`);
  expect(readdirSync(folder)).toEqual([]);
});

it('is not called changed where the key file is missing, and gets no other', async () => {
  await write(1);
  rmSync(join(folder, 'locksmith.key'));
  const ran = await locksmith(['audit', 'verify'], '', env());
  expect(ran.stderr).toContain(`${folder} has no locksmith.key`);
  expect(readdirSync(folder)).not.toContain('locksmith.key');
});

it('cannot be continued without the key file', async () => {
  await write(1);
  const other = openStorage(folder, passingVault());
  await other.audit.append(entry('forged'));
  other.close();

  const storage = openStorage(folder, openVault(folder));
  expect(storage.audit.verify()).toEqual({ lines: 2, broken: '2' });
  storage.close();
});

it('wants to know what to do', async () => {
  expect(await locksmith(['audit'], '', env())).toMatchObject({ code: 2, stderr: 'Say what to do with the audit: verify or export.\n' });
});

// What is kept for an undo, and the documents that were shown, do not outlive their use.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { auditChanges } from '../../src/remediation/audit-changes.ts';
import { emptyRecord } from '../../src/remediation/empty-record.ts';
import type { PlannedChange, PlanRecord } from '../../src/remediation/plan-record.ts';
import { openStorage, type Storage } from '../../src/storage/database.ts';
import { passingVault } from '../../src/storage/vault.ts';

const on = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.ApiManagement/service/contoso/apis/orders/policies/policy';
const [before, after] = [['<a>', 'the rest', '</a>'].join('\n'), ['<a>', 'the rest', '<base />', '</a>'].join('\n')];
const change: PlannedChange = { on, field: 'properties.value', before, after, etag: 'e1' };
const [soon, later] = ['2026-11-20T10:00:00.000Z', new Date('2026-11-20T11:00:00.000Z')];

let folder: string;
let storage: Storage;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'locksmith-forget-'));
  storage = openStorage(folder, passingVault(), emptyRecord, auditChanges);
});

afterEach(() => {
  storage.close();
  rmSync(folder, { recursive: true, force: true });
});

async function kept(patch: Partial<PlanRecord>): Promise<void> {
  const record = { ...emptyRecord, id: 'p', shown: [change], expiresAt: soon, ...patch } as PlanRecord;
  await storage.plans.insert(record, [change]);
}

it.each([
  ['applied and its undo has expired', { state: 'applied', undoUntil: soon }],
  ['refused', { state: 'refused' }],
  ['in doubt since yesterday and nothing asks any more', { state: 'uncertain', nextCheckAt: null, checkUntil: '2026-11-19T10:00:00.000Z' }],
] as const)('erases what was kept of a plan that is %s', async (_, patch) => {
  await kept(patch);
  await storage.plans.forgetExpired(new Date('2026-11-20T09:59:00.000Z'));
  expect(await storage.plans.changesOf('p')).toEqual([change]);
  expect((await storage.plans.find('p'))?.shown).toEqual([change]);

  await storage.plans.forgetExpired(later);

  expect(await storage.plans.changesOf('p')).toBeNull();
  expect((await storage.plans.find('p'))?.shown).toEqual([{ ...change, before: '', after: '<base />' }]);
  expect(onDisk()).not.toContain('the rest');
});

it.each([
  ['being applied', { state: 'applying' }],
  ['being taken back', { state: 'undoing' }],
  ['in doubt and asked about again', { state: 'uncertain', nextCheckAt: soon, checkUntil: '2026-11-18T10:00:00.000Z' }],
  ['in doubt since today', { state: 'uncertain', nextCheckAt: null, checkUntil: soon }],
] as const)('keeps what a plan needs that is %s', async (_, patch) => {
  await kept(patch);
  await storage.plans.forgetExpired(later);
  expect(await storage.plans.changesOf('p')).toEqual([change]);
  expect((await storage.plans.find('p'))?.shown).toEqual([change]);
});

it('reduces what was shown where nothing was sealed any more, once, and anew when it is shown anew', async () => {
  const moved = { ...change, before: 'a\nb\nc', after: 'c\na\nb' };
  await kept({ state: 'refused', shown: [moved] });
  await storage.plans.commit([{ id: 'p', from: ['refused'], patch: { says: 'No.' }, changes: null }]);
  await storage.plans.forgetExpired(later);
  await storage.plans.commit([{ id: 'p', from: ['refused'], patch: { says: 'Still no.' } }]);
  await storage.plans.forgetExpired(later);
  expect((await storage.plans.find('p'))?.shown).toEqual([{ ...moved, before: 'c', after: 'c' }]);

  await storage.plans.commit([{ id: 'p', from: ['refused'], patch: { shown: [change] } }]);
  await storage.plans.forgetExpired(later);
  expect((await storage.plans.find('p'))?.shown).toEqual([{ ...change, before: '', after: '<base />' }]);
});

function onDisk(): string {
  const db = new DatabaseSync(join(folder, 'locksmith.db'));
  const rows = JSON.stringify(db.prepare('SELECT record FROM plans').all());
  db.close();
  return rows;
}

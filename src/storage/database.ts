// Plans in SQLite, with the audit beside them. Several processes may open the same file; every step is one transaction.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { PlannedChange, PlanRecord } from '../remediation/plan-record.ts';
import type { Move, PlanStore } from '../remediation/ports.ts';
import { type Audit, openAudit } from './audit.ts';
import { stateFiles } from './state-files.ts';
import { atOnce } from './transaction.ts';
import type { Vault } from './vault.ts';

export interface Storage {
  readonly plans: PlanStore;
  readonly audit: Audit;
  close(): void;
}

/** An offer that nobody pressed is of no use to anybody a day later. */
const offersKeptMs = 24 * 3_600_000;

const doubtKeptMs = 24 * 3_600_000;

type Shown = PlanRecord['shown'];

/** `blank`: what a record that an older version wrote lacks. `reduce`: what of the shown changes outlives the sealed ones. */
export function openStorage(
  stateDir: string,
  vault: Vault,
  blank: Partial<PlanRecord> = {},
  reduce: (shown: Shown) => Shown = (shown) => shown,
): Storage {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const db = new DatabaseSync(join(stateDir, stateFiles.database));
  db.exec(`
    PRAGMA busy_timeout = 5000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    CREATE TABLE IF NOT EXISTS plans (id TEXT PRIMARY KEY, state TEXT NOT NULL, keep_until TEXT, record TEXT NOT NULL, changes BLOB) STRICT;
  `);
  addDue(db);
  addReduced(db);
  const audit = openAudit(db, vault);
  return { plans: openPlans(db, vault, audit, blank, reduce), audit, close: () => db.close() };
}

// The first versions had no background work, and no column for it.
function addDue(db: DatabaseSync): void {
  atOnce(db, () => {
    const columns = db.prepare('PRAGMA table_info(plans)').all();
    if (!columns.some(({ name }) => name === 'due')) db.exec('ALTER TABLE plans ADD COLUMN due TEXT');
    db.exec('CREATE INDEX IF NOT EXISTS plans_due ON plans (due) WHERE due IS NOT NULL');
  });
}

// Nor did they reduce what was shown. A record is reduced once: to do it again could take a moved line for an old one.
function addReduced(db: DatabaseSync): void {
  atOnce(db, () => {
    const columns = db.prepare('PRAGMA table_info(plans)').all();
    if (!columns.some(({ name }) => name === 'reduced')) db.exec('ALTER TABLE plans ADD COLUMN reduced INTEGER NOT NULL DEFAULT 0');
    db.exec('CREATE INDEX IF NOT EXISTS plans_unreduced ON plans (keep_until) WHERE reduced = 0');
  });
}

/** Nobody is at it, and nothing asks about it again. */
const over = "keep_until < ? AND state NOT IN ('applying', 'undoing') AND (state <> 'uncertain' OR due IS NULL)";

function openPlans(db: DatabaseSync, vault: Vault, audit: Audit, blank: Partial<PlanRecord>, reduce: (shown: Shown) => Shown): PlanStore {
  const insert = db.prepare('INSERT INTO plans (id, state, keep_until, due, record, changes) VALUES (?, ?, ?, ?, ?, ?)');
  const find = db.prepare('SELECT record FROM plans WHERE id = ?');
  const update = db.prepare('UPDATE plans SET state = ?, keep_until = ?, due = ?, record = ? WHERE id = ?');
  const keep = db.prepare('UPDATE plans SET changes = ? WHERE id = ?');
  const changes = db.prepare('SELECT changes FROM plans WHERE id = ?');
  const open = db.prepare('SELECT record FROM plans WHERE due IS NOT NULL ORDER BY due');
  const forget = db.prepare(`UPDATE plans SET changes = NULL WHERE changes IS NOT NULL AND ${over}`);
  const unreduced = db.prepare(`SELECT id, record FROM plans WHERE reduced = 0 AND ${over}`);
  const reduced = db.prepare('UPDATE plans SET record = ?, reduced = 1 WHERE id = ?');
  const shownAnew = db.prepare('UPDATE plans SET reduced = 0 WHERE id = ?');
  const drop = db.prepare("DELETE FROM plans WHERE state = 'offered' AND keep_until < ?");

  const sealed = (list: readonly PlannedChange[] | null): Buffer | null => (list === null ? null : vault.seal(JSON.stringify(list)));

  const recordOf = (text: string): PlanRecord => ({ ...blank, ...(JSON.parse(text) as PlanRecord) });

  function read(id: string): PlanRecord | null {
    const row = find.get(id);
    return row === undefined ? null : recordOf(String(row.record));
  }

  return {
    async insert(record, list) {
      insert.run(record.id, record.state, keepUntil(record), due(record), JSON.stringify(record), sealed(list ?? null));
    },

    find: async (id) => read(id),

    commit: async (moves, line) =>
      atOnce(db, () => {
        const next = moves.map((move) => moved(read(move.id), move));
        if (next.some((record) => record === null)) return false;
        const auditId = line === undefined ? null : audit.add(line);
        moves.forEach((move, index) => {
          const plain = next[index] as PlanRecord;
          const record = index === 0 && auditId !== null ? { ...plain, audit: auditId } : plain;
          update.run(record.state, keepUntil(record), due(record), JSON.stringify(record), move.id);
          if (move.patch.shown !== undefined) shownAnew.run(move.id);
          if (move.changes !== undefined) keep.run(sealed(move.changes), move.id);
        });
        return true;
      }),

    async changesOf(id) {
      const kept = changes.get(id)?.changes;
      const text = kept instanceof Uint8Array ? vault.open(kept) : null;
      return text === null ? null : (JSON.parse(text) as PlannedChange[]);
    },

    async forgetExpired(now) {
      drop.run(new Date(now.getTime() - offersKeptMs).toISOString());
      atOnce(db, () => {
        forget.run(now.toISOString());
        for (const row of unreduced.all(now.toISOString())) {
          const record = recordOf(String(row.record));
          reduced.run(JSON.stringify({ ...record, shown: reduce(record.shown) }), String(row.id));
        }
      });
    },

    open: async () => open.all().map((row) => recordOf(String(row.record))),
  };
}

function moved(now: PlanRecord | null, { from, when, patch }: Move): PlanRecord | null {
  if (now === null || !from.includes(now.state) || when?.(now) === false) return null;
  const next = { ...now, ...patch };
  return 'cardDue' in patch || !isForCard(now, next) ? next : { ...next, cardDue: '' };
}

const onCard: readonly PlanRecord['state'][] = ['waiting', 'applied', 'undone', 'refused', 'cancelled', 'failed', 'uncertain'];

/** In the same step, so that a card which nobody came to change is known. */
function isForCard(now: PlanRecord, { state, verified, says, card, address }: PlanRecord): boolean {
  if (card === null || address === null || !onCard.includes(state)) return false;
  return state !== now.state || verified !== now.verified || says !== now.says;
}

// A plan in doubt is settled by a press too, for a day after the last look in the background.
function keepUntil({ state, undoUntil, approvalUntil, expiresAt, checkUntil }: PlanRecord): string {
  const until = undoUntil ?? approvalUntil ?? expiresAt;
  if (state !== 'uncertain') return until;
  const settled = Date.parse(checkUntil ?? expiresAt) + doubtKeptMs;
  return new Date(Math.max(settled, Date.parse(until))).toISOString();
}

/** When somebody has to look at it again without a press; null: never. */
function due({ state, busySince, approvalUntil, nextCheckAt, cardDue }: PlanRecord): string | null {
  if (state === 'applying') return busySince ?? '';
  if (state === 'waiting') return approvalUntil ?? '';
  return nextCheckAt ?? cardDue;
}

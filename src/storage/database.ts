// Plans in SQLite, with the audit beside them. Several processes may open the same file; every step is one transaction.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { PlannedChange, PlanRecord } from '../remediation/plan-record.ts';
import type { Move, PlanStore } from '../remediation/ports.ts';
import { type Audit, openAudit } from './audit.ts';
import { atOnce } from './transaction.ts';
import type { Vault } from './vault.ts';

export interface Storage {
  readonly plans: PlanStore;
  readonly audit: Audit;
  close(): void;
}

/** An offer that nobody pressed is of no use to anybody a day later. */
const offersKeptMs = 24 * 3_600_000;

/** `blank`: what a record that an older version wrote lacks. */
export function openStorage(stateDir: string, vault: Vault, blank: Partial<PlanRecord> = {}): Storage {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const db = new DatabaseSync(join(stateDir, 'locksmith.db'));
  db.exec(`
    PRAGMA busy_timeout = 5000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    CREATE TABLE IF NOT EXISTS plans (id TEXT PRIMARY KEY, state TEXT NOT NULL, keep_until TEXT, record TEXT NOT NULL, changes BLOB) STRICT;
  `);
  addDue(db);
  const audit = openAudit(db, vault);
  return { plans: openPlans(db, vault, audit, blank), audit, close: () => db.close() };
}

// The first versions had no background work, and no column for it.
function addDue(db: DatabaseSync): void {
  atOnce(db, () => {
    const columns = db.prepare('PRAGMA table_info(plans)').all();
    if (!columns.some(({ name }) => name === 'due')) db.exec('ALTER TABLE plans ADD COLUMN due TEXT');
    db.exec('CREATE INDEX IF NOT EXISTS plans_due ON plans (due) WHERE due IS NOT NULL');
  });
}

function openPlans(db: DatabaseSync, vault: Vault, audit: Audit, blank: Partial<PlanRecord>): PlanStore {
  const insert = db.prepare('INSERT INTO plans (id, state, keep_until, due, record, changes) VALUES (?, ?, ?, ?, ?, ?)');
  const find = db.prepare('SELECT record FROM plans WHERE id = ?');
  const update = db.prepare('UPDATE plans SET state = ?, keep_until = ?, due = ?, record = ? WHERE id = ?');
  const keep = db.prepare('UPDATE plans SET changes = ? WHERE id = ?');
  const changes = db.prepare('SELECT changes FROM plans WHERE id = ?');
  const open = db.prepare('SELECT record FROM plans WHERE due IS NOT NULL ORDER BY due');
  const forget = db.prepare(
    "UPDATE plans SET changes = NULL WHERE changes IS NOT NULL AND keep_until < ? AND state NOT IN ('applying', 'undoing', 'uncertain')",
  );
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
      forget.run(now.toISOString());
      drop.run(new Date(now.getTime() - offersKeptMs).toISOString());
    },

    open: async () => open.all().map((row) => recordOf(String(row.record))),
  };
}

function moved(now: PlanRecord | null, { from, when, patch }: Move): PlanRecord | null {
  if (now === null || !from.includes(now.state) || when?.(now) === false) return null;
  return { ...now, ...patch };
}

function keepUntil({ undoUntil, approvalUntil, expiresAt }: PlanRecord): string {
  return undoUntil ?? approvalUntil ?? expiresAt;
}

/** When somebody has to look at it again without a press; null: never. */
function due({ state, busySince, approvalUntil, nextCheckAt }: PlanRecord): string | null {
  if (state === 'applying') return busySince ?? '';
  if (state === 'waiting') return approvalUntil ?? '';
  return nextCheckAt;
}

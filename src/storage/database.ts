// Plans in SQLite, with the audit beside them. Several processes may open the same file; every step is one statement.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { PlannedChange, PlanRecord } from '../remediation/plan-record.ts';
import type { PlanStore } from '../remediation/ports.ts';
import { type Audit, openAudit } from './audit.ts';
import type { Vault } from './vault.ts';

export interface Storage {
  readonly plans: PlanStore;
  readonly audit: Audit;
  close(): void;
}

export function openStorage(stateDir: string, vault: Vault): Storage {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const db = new DatabaseSync(join(stateDir, 'locksmith.db'));
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA busy_timeout = 5000;
    PRAGMA secure_delete = ON;
    CREATE TABLE IF NOT EXISTS plans (id TEXT PRIMARY KEY, state TEXT NOT NULL, keep_until TEXT, record TEXT NOT NULL, changes BLOB) STRICT;
  `);
  return { plans: openPlans(db, vault), audit: openAudit(db, vault), close: () => db.close() };
}

function openPlans(db: DatabaseSync, vault: Vault): PlanStore {
  const insert = db.prepare('INSERT INTO plans (id, state, keep_until, record) VALUES (?, ?, ?, ?)');
  const find = db.prepare('SELECT state, record FROM plans WHERE id = ?');
  const move = db.prepare('UPDATE plans SET state = ?, keep_until = ?, record = ? WHERE id = ? AND state = ? AND record = ?');
  const keep = db.prepare('UPDATE plans SET changes = ? WHERE id = ?');
  const changes = db.prepare('SELECT changes FROM plans WHERE id = ?');
  const forget = db.prepare(
    "UPDATE plans SET changes = NULL WHERE changes IS NOT NULL AND keep_until < ? AND state NOT IN ('applying', 'undoing')",
  );

  return {
    insert(record) {
      insert.run(record.id, record.state, keepUntil(record), JSON.stringify(record));
    },

    find(id) {
      const row = find.get(id);
      return row === undefined ? null : (JSON.parse(String(row.record)) as PlanRecord);
    },

    move(id, from, patch) {
      // The old record stands in the WHERE: whoever comes second changes nothing.
      for (;;) {
        const row = find.get(id);
        if (row === undefined) return false;
        const record = JSON.parse(String(row.record)) as PlanRecord;
        if (!from.includes(record.state)) return false;
        const next: PlanRecord = { ...record, ...patch };
        if (move.run(next.state, keepUntil(next), JSON.stringify(next), id, record.state, String(row.record)).changes === 1) return true;
      }
    },

    keepChanges(id, list) {
      keep.run(vault.seal(JSON.stringify(list)), id);
    },

    changesOf(id) {
      const sealed = changes.get(id)?.changes;
      const text = sealed instanceof Uint8Array ? vault.open(sealed) : null;
      return text === null ? null : (JSON.parse(text) as PlannedChange[]);
    },

    forgetExpired(now) {
      forget.run(now.toISOString());
    },
  };
}

function keepUntil(record: PlanRecord): string {
  return record.undoUntil ?? record.expiresAt;
}

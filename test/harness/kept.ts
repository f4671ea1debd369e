// What a bot has kept, read beside it from its own files.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { PlanRecord } from '../../src/remediation/plan-record.ts';
import type { AuditEntry } from '../../src/remediation/ports.ts';

export function readAudit(stateDir: string): readonly AuditEntry[] {
  return rows(stateDir, 'SELECT line FROM audit ORDER BY id').map(({ line }) => JSON.parse(String(line)) as AuditEntry);
}

/** Every plan, whole. */
export function readPlans(stateDir: string): readonly PlanRecord[] {
  return rows(stateDir, 'SELECT record FROM plans ORDER BY id').map(({ record }) => JSON.parse(String(record)) as PlanRecord);
}

function rows(stateDir: string, query: string): readonly Readonly<Record<string, unknown>>[] {
  const db = new DatabaseSync(join(stateDir, 'locksmith.db'), { readOnly: true });
  try {
    return db.prepare(query).all();
  } finally {
    db.close();
  }
}

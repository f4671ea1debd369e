// The audit: lines that are only ever added, each tied to the one before by a keyed hash, so that a changed, swapped or
// removed line shows. (Lines cut off at the end show only to whoever kept an export: its last link is the proof.)
import type { DatabaseSync } from 'node:sqlite';
import type { AuditEntry, AuditLog } from '../remediation/ports.ts';
import { atOnce } from './transaction.ts';
import type { Vault } from './vault.ts';

export interface AuditLine {
  readonly id: string;
  readonly entry: AuditEntry;
  /** The link of this line, hex. */
  readonly link: string;
}

export interface Audit extends AuditLog {
  /** Appends inside a transaction that the caller has begun; the line's id. */
  add(entry: AuditEntry): string;
  /** All lines, oldest first. */
  lines(): readonly AuditLine[];
  /** How many lines there are, and the id of the first one that does not fit; null when all do. */
  verify(): { readonly lines: number; readonly broken: string | null };
}

/** What the first line is tied to. */
const beginning = 'locksmith-audit/1';

export function openAudit(db: DatabaseSync, vault: Pick<Vault, 'link'>): Audit {
  db.exec('CREATE TABLE IF NOT EXISTS audit (id INTEGER PRIMARY KEY AUTOINCREMENT, line TEXT NOT NULL, link TEXT NOT NULL) STRICT');
  const last = db.prepare('SELECT link FROM audit ORDER BY id DESC LIMIT 1');
  const append = db.prepare('INSERT INTO audit (line, link) VALUES (?, ?)');
  const all = db.prepare('SELECT id, line, link FROM audit ORDER BY id');

  // Between reading the last link and adding the next nobody else may add one, in this process or another.
  function add(entry: AuditEntry): string {
    const line = JSON.stringify(entry);
    const before = String(last.get()?.link ?? beginning);
    return String(append.run(line, vault.link(before, line)).lastInsertRowid);
  }

  return {
    add,
    append: async (entry) => atOnce(db, () => add(entry)),

    lines: () =>
      all.all().map((row) => ({ id: String(row.id), entry: JSON.parse(String(row.line)) as AuditEntry, link: String(row.link) })),

    verify() {
      let before = beginning;
      let expected = 1;
      const rows = all.all();
      for (const row of rows) {
        const fits = Number(row.id) === expected && vault.link(before, String(row.line)) === row.link;
        if (!fits) return { lines: rows.length, broken: String(row.id) };
        before = String(row.link);
        expected += 1;
      }
      return { lines: rows.length, broken: null };
    },
  };
}

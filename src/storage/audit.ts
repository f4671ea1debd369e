// The audit: lines that are only ever added, each tied to the one before by a keyed hash, so that a changed, swapped or
// removed line shows. A keyed head holds how many there are, so that lines cut off at the end show too. (A whole database that is put back
// to an older day shows only to whoever kept an export: its last link is the proof.)
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
  /** How many lines there are, and the id of the first one that does not fit, or `end` where lines are missing there; null when all is whole. */
  verify(): { readonly lines: number; readonly broken: string | null };
}

/** What the first line is tied to. */
const beginning = 'locksmith-audit/1';

export function openAudit(db: DatabaseSync, vault: Pick<Vault, 'link'>): Audit {
  db.exec('CREATE TABLE IF NOT EXISTS audit (id INTEGER PRIMARY KEY AUTOINCREMENT, line TEXT NOT NULL, link TEXT NOT NULL) STRICT');
  db.exec('CREATE TABLE IF NOT EXISTS audit_head (one INTEGER PRIMARY KEY CHECK (one = 1), seal TEXT NOT NULL) STRICT');
  const last = db.prepare('SELECT id, link FROM audit ORDER BY id DESC LIMIT 1');
  const append = db.prepare('INSERT INTO audit (line, link) VALUES (?, ?)');
  const all = db.prepare('SELECT id, line, link FROM audit ORDER BY id');

  const given = db.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'audit'");
  const head = db.prepare('SELECT seal FROM audit_head');
  const setHead = db.prepare('INSERT INTO audit_head (one, seal) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET seal = excluded.seal');

  const sealOf = (count: number, link: string): string => vault.link(`locksmith-audit-head/1 ${count}`, link);

  /** Whether nothing came after these lines: no head says so, and no number was given out. */
  function isEnd(count: number, link: string): boolean {
    if (Number(given.get()?.seq ?? 0) !== count) return false;
    return count === 0 ? head.get() === undefined : head.get()?.seal === sealOf(count, link);
  }

  // Between reading the last link and adding the next nobody else may add one, in this process or another.
  function add(entry: AuditEntry): string {
    const line = JSON.stringify(entry);
    const end = last.get();
    const before = String(end?.link ?? beginning);
    const link = vault.link(before, line);
    const whole = isEnd(Number(end?.id ?? 0), before);
    const id = append.run(line, link).lastInsertRowid;
    // A head that does not fit stays as it is: the next line must not hide that some are missing.
    if (whole) setHead.run(sealOf(Number(id), link));
    return String(id);
  }

  function verify(): { readonly lines: number; readonly broken: string | null } {
    let before = beginning;
    const rows = all.all();
    for (const [index, row] of rows.entries()) {
      const fits = Number(row.id) === index + 1 && vault.link(before, String(row.line)) === row.link;
      if (!fits) return { lines: rows.length, broken: String(row.id) };
      before = String(row.link);
    }
    return { lines: rows.length, broken: isEnd(rows.length, before) ? null : 'end' };
  }

  return {
    add,
    append: async (entry) => atOnce(db, () => add(entry)),

    lines: () =>
      all.all().map((row) => ({ id: String(row.id), entry: JSON.parse(String(row.line)) as AuditEntry, link: String(row.link) })),

    // With the lock: a line that another process adds between the lines and the head is not missing.
    verify: () => atOnce(db, verify),
  };
}

// Several statements as one step, in this process and between processes.
import type { DatabaseSync } from 'node:sqlite';

/** Runs `work` with the write lock; undone as a whole when it throws. */
export function atOnce<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

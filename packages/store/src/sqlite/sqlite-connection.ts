import { DatabaseSync } from 'node:sqlite';

/**
 * One connection to a database file. A commit is on disk when it returns; who finds the file being written waits up to five seconds for
 * the other thread.
 */
export function connectSqlite(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 5000 });
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 1000;',
  );
  return database;
}

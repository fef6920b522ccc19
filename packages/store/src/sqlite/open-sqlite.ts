import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import { outageAtStart } from '../outage.ts';
import { connectSqlite } from './sqlite-connection.ts';
import { sqliteOutage } from './sqlite-outage.ts';

export type OpenSqlite = { readonly database: DatabaseSync; readonly release: () => void };

/**
 * Opens a database file for this process alone. A second, empty database beside it is held with an exclusive lock: the operating system
 * gives the lock back when the process ends, however it ends.
 */
export function openSqlite(path: string): OpenSqlite {
  const lock = takeLock(`${path}-owner`, path);
  try {
    // Made by us first, so that nobody else on the machine can read it.
    closeSync(openSync(path, 'a', 0o600));
    return { database: connectSqlite(path), release: () => lock.close() };
  } catch (error) {
    lock.close();
    throw explainUnopened(path, error);
  }
}

/** A file that SQLite refuses is named, with what to do; what the operating system refuses names it already. */
export function explainUnopened(path: string, error: unknown): unknown {
  const outage = sqliteOutage(error);
  if (outage !== undefined) return outageAtStart(outage, path, error);
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR')) return error;
  return new StoreError(
    'store-unreachable',
    `${path} cannot be opened: ${error.message}. Put back a good copy, or choose another data folder with PATCHBAY_DATA.`,
    { cause: error },
  );
}

function takeLock(lockPath: string, path: string): DatabaseSync {
  closeSync(openSync(lockPath, 'a', 0o600));
  const lock = new DatabaseSync(lockPath, { timeout: 0 });
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;');
    return lock;
  } catch (error) {
    lock.close();
    throw new StoreError(
      'store-in-use',
      `${path} is in use by another Patchbay. Stop that one, or choose another data folder with PATCHBAY_DATA.`,
      {
        cause: error,
      },
    );
  }
}

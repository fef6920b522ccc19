import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
} from 'kysely';
import { outageError } from '../outage.ts';
import { sqliteOutage } from './sqlite-outage.ts';

/** Kysely's SQLite dialect on Node's own SQLite; fails with a {@link StoreError} when the file at `path` takes no writes. */
export function createSqliteDialect(database: DatabaseSync, path: string): SqliteDialect {
  return new ImmediateDialect(adapt(database, path), () => database.isTransaction);
}

class ImmediateDialect extends SqliteDialect {
  readonly #database: SqliteDatabase;
  readonly #isInTransaction: () => boolean;

  constructor(database: SqliteDatabase, isInTransaction: () => boolean) {
    super({ database });
    this.#database = database;
    this.#isInTransaction = isInTransaction;
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#database, this.#isInTransaction);
  }
}

class ImmediateDriver extends SqliteDriver {
  readonly #isInTransaction: () => boolean;

  constructor(database: SqliteDatabase, isInTransaction: () => boolean) {
    super({ database });
    this.#isInTransaction = isInTransaction;
  }

  /**
   * Takes the right to write at the start and waits for it. A transaction that reads first and finds that the other thread has written
   * meanwhile would fail without waiting (SQLITE_BUSY_SNAPSHOT, https://www.sqlite.org/rescode.html#busy_snapshot).
   */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** A full disk makes SQLite roll back by itself. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#isInTransaction()) await super.rollbackTransaction(connection);
  }
}

function adapt(database: DatabaseSync, path: string): SqliteDatabase {
  const run = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      const outage = sqliteOutage(error);
      throw outage === undefined ? error : outageError(outage, path, error);
    }
  };
  const statements = new Map<string, StatementSync>();
  return {
    close: () => database.close(),
    prepare: (text) => {
      const statement = statements.get(text) ?? database.prepare(text);
      if (statements.size < 500) statements.set(text, statement);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => run(() => statement.all(...(parameters as readonly SQLInputValue[]))),
        run: (parameters) => run(() => statement.run(...(parameters as readonly SQLInputValue[]))),
        iterate: (parameters) => statement.iterate(...(parameters as readonly SQLInputValue[])),
      };
    },
  };
}

import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
} from 'kysely';

/** Kysely's SQLite dialect on Node's own SQLite. */
export function createSqliteDialect(database: DatabaseSync): SqliteDialect {
  return new ImmediateDialect(adapt(database));
}

class ImmediateDialect extends SqliteDialect {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): Driver {
    return new ImmediateDriver({ database: this.#database });
  }
}

class ImmediateDriver extends SqliteDriver {
  /**
   * Takes the right to write at the start and waits for it. A transaction that reads first and finds that the other thread has written
   * meanwhile would fail without waiting (SQLITE_BUSY_SNAPSHOT, https://www.sqlite.org/rescode.html#busy_snapshot).
   */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

function adapt(database: DatabaseSync): SqliteDatabase {
  const statements = new Map<string, StatementSync>();
  return {
    close: () => database.close(),
    prepare: (text) => {
      const statement = statements.get(text) ?? database.prepare(text);
      if (statements.size < 500) statements.set(text, statement);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...(parameters as readonly SQLInputValue[])),
        run: (parameters) => statement.run(...(parameters as readonly SQLInputValue[])),
        iterate: (parameters) => statement.iterate(...(parameters as readonly SQLInputValue[])),
      };
    },
  };
}

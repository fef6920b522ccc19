import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  type ActionRecord,
  type ClaimedRun,
  DuplicateRunError,
  FencedError,
  type Lease,
  type RunEntry,
  type RunQuery,
  type RunRecord,
  type RunStore,
} from '@patchbay/workflow';
import type { ActionRecordTable, RunTable } from '../database.ts';
import { type BlobWriter, openBlobs, type Packed } from '../runs/blobs.ts';
import { foldRunChanges, packChange } from '../runs/run-changes.ts';
import { actionColumns, fromActionRow, fromRunRow, runColumns, toActionRow, toRunRow } from '../runs/run-rows.ts';

/** A transaction holds at most so many entries: it must not hold up the event loop. */
const maxEntriesPerCommit = 2000;

type Pending = {
  readonly lease: Lease;
  readonly entries: readonly RunEntry[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

export type SqliteRunStoreOptions = { readonly blobThresholdBytes: number; readonly nowMs: () => number };

/**
 * Runs on SQLite. Appends made in one turn of the event loop are committed in one transaction, by prepared statements. One process owns
 * the file, so the fence is a comparison with the epoch it last saw.
 */
export class SqliteRunStore implements RunStore {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  readonly #blobs: BlobWriter;
  readonly #nowMs: () => number;
  readonly #epochs = new Map<string, number>();
  #queue: Pending[] = [];
  #isScheduled = false;

  constructor(database: DatabaseSync, options: SqliteRunStoreOptions) {
    this.#database = database;
    this.#nowMs = options.nowMs;
    this.#statements = prepareStatements(database);
    this.#blobs = openBlobs(options.blobThresholdBytes);
    // The owner of an earlier process is gone: this one has the file to itself.
    database.exec("update run set lease_until_ms = 0 where status in ('Running', 'Waiting') and wake_at_ms is null");
  }

  append(lease: Lease, entries: readonly RunEntry[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ lease, entries, resolve, reject });
      if (this.#isScheduled) return;
      this.#isScheduled = true;
      setImmediate(() => this.#flush());
    });
  }

  /** Resolves when everything appended so far is committed and no other transaction is open on the file. */
  async settle(): Promise<void> {
    while (this.#queue.length > 0 || this.#database.isTransaction) await new Promise(setImmediate);
  }

  #flush(): void {
    // A repository's transaction is open between two turns: it goes first.
    if (this.#database.isTransaction) {
      setImmediate(() => this.#flush());
      return;
    }
    const batch = this.#takeBatch();
    this.#isScheduled = this.#queue.length > 0;
    if (this.#isScheduled) setImmediate(() => this.#flush());
    try {
      const refused = this.#commit(batch);
      for (const pending of batch) {
        const error = refused.get(pending);
        if (error === undefined) pending.resolve();
        else pending.reject(error);
      }
    } catch (error) {
      this.#commitOneByOne(batch, error);
    }
  }

  #takeBatch(): readonly Pending[] {
    let count = 0;
    let end = 0;
    while (
      end < this.#queue.length &&
      (end === 0 || count + (this.#queue[end]?.entries.length ?? 0) <= maxEntriesPerCommit)
    ) {
      count += this.#queue[end]?.entries.length ?? 0;
      end += 1;
    }
    const batch = this.#queue.slice(0, end);
    this.#queue = this.#queue.slice(end);
    return batch;
  }

  /** One transaction; answers which appends were refused, and why. Nothing of a refused one was written. */
  #commit(batch: readonly Pending[]): ReadonlyMap<Pending, Error> {
    const refused = new Map<Pending, Error>();
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      for (const pending of batch) {
        const error = this.#write(pending);
        if (error !== undefined) refused.set(pending, error);
      }
      this.#database.exec('COMMIT');
      return refused;
    } catch (error) {
      // A full disk makes SQLite roll back by itself.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      // What this transaction taught about epochs did not happen.
      for (const { lease } of batch) this.#epochs.delete(lease.runId);
      throw error;
    }
  }

  /** A transaction failed as a whole (a full disk, a broken entry): each append gets one of its own, so that only the culprit fails. */
  #commitOneByOne(batch: readonly Pending[], failure: unknown): void {
    for (const pending of batch) {
      try {
        const error = batch.length === 1 ? failure : this.#commit([pending]).get(pending);
        if (error === undefined) pending.resolve();
        else pending.reject(error);
      } catch (error) {
        pending.reject(error);
      }
    }
  }

  #write({ lease, entries }: Pending): Error | undefined {
    const [first] = entries;
    const started = first?.kind === 'run-started' ? first : undefined;
    const change = packChange(foldRunChanges(entries), this.#pack);
    if (started === undefined) {
      if (this.#epochOf(lease.runId) !== lease.epoch) return new FencedError(lease.runId);
    } else {
      const { uniqueKey } = started;
      if (uniqueKey !== undefined && this.#statements.findUniqueKey.get(uniqueKey) !== undefined)
        return new DuplicateRunError(uniqueKey);
      if (this.#epochOf(lease.runId) !== undefined) return new FencedError(lease.runId);
      const row = { ...toRunRow(started, lease.epoch, this.#pack), ...change };
      this.#statements.insertRun.run(...runColumns.map((column) => row[column]));
      this.#epochs.set(lease.runId, lease.epoch);
    }
    for (const entry of entries) if (entry.kind === 'action') this.#writeAction(entry.record);
    if (started === undefined) this.#writeChange(lease.runId, change);
    if (change.end_time !== undefined) this.#epochs.delete(lease.runId);
    return undefined;
  }

  #writeAction(record: ActionRecord): void {
    const row = toActionRow(record, this.#pack);
    this.#statements.upsertAction.run(
      row.run_id,
      row.action,
      row.iteration,
      row.sequence,
      row.status,
      row.code,
      row.error,
      row.inputs,
      row.outputs,
      row.start_time,
      row.end_time,
      row.tracking_id,
      row.tracked_properties,
      row.retry_history,
      row.repetition_count,
      row.intent,
      row.wake_at_ms,
    );
  }

  #writeChange(runId: string, change: Partial<RunTable>): void {
    const columns = Object.keys(change) as (keyof RunTable)[];
    if (columns.length === 0) return;
    const values = columns.map((column) => change[column] ?? null);
    const key = columns.join();
    let statement = this.#statements.updateRun.get(key);
    if (statement === undefined) {
      statement = this.#database.prepare(
        `update run set ${columns.map((column) => `${column} = ?`).join(', ')} where run_id = ?`,
      );
      this.#statements.updateRun.set(key, statement);
    }
    statement.run(...(values as SQLInputValue[]), runId);
  }

  #pack = (text: string | undefined): Packed =>
    this.#blobs.pack(text, (hash, content) => this.#statements.insertBlob.run(hash, content));

  #unpack = (text: string | null): string | undefined =>
    this.#blobs.unpack(
      text,
      (hash) => (this.#statements.findBlob.get(hash) as { content: string } | undefined)?.content,
    );

  #epochOf(runId: string): number | undefined {
    const known = this.#epochs.get(runId);
    if (known !== undefined) return known;
    const row = this.#statements.findEpoch.get(runId) as { epoch: number; status: string } | undefined;
    if (row !== undefined && isUnfinished(row.status)) this.#epochs.set(runId, row.epoch);
    return row?.epoch;
  }

  async claim(runId: string, owner: string, leaseUntilMs: number): Promise<ClaimedRun | undefined> {
    await this.settle();
    const row = this.#statements.claim.get(owner, leaseUntilMs, runId, this.#nowMs(), owner) as RunTable | undefined;
    if (row === undefined) return undefined;
    this.#epochs.set(runId, row.epoch);
    const actions = (this.#statements.allActions.all(runId) as unknown as ActionRecordTable[]).map((one) =>
      fromActionRow(one, this.#unpack),
    );
    return {
      run: fromRunRow(row, this.#unpack),
      lease: { runId, epoch: row.epoch },
      actions,
      cancelRequested: row.cancel_requested === 1,
    };
  }

  async renew(owner: string, leaseUntilMs: number): Promise<void> {
    this.#statements.renew.run(leaseUntilMs, owner, this.#nowMs());
  }

  async due(nowMs: number, limit: number): Promise<readonly string[]> {
    return (this.#statements.due.all(nowMs, limit) as { run_id: string }[]).map((row) => row.run_id);
  }

  async nextDueMs(): Promise<number | undefined> {
    const row = this.#statements.nextDue.get() as { due: number | null } | undefined;
    return row?.due ?? undefined;
  }

  async requestCancel(runId: string): Promise<boolean> {
    await this.settle();
    return this.#statements.requestCancel.run(runId).changes > 0;
  }

  async findRun(runId: string): Promise<RunRecord | undefined> {
    const row = this.#statements.findRun.get(runId) as RunTable | undefined;
    return row === undefined ? undefined : fromRunRow(row, this.#unpack);
  }

  async listRuns(query: RunQuery): Promise<readonly RunRecord[]> {
    const clauses = ['flow_id = ?'];
    const values: SQLInputValue[] = [query.flowId];
    const add = (clause: string, ...given: readonly SQLInputValue[]): void => {
      clauses.push(clause);
      values.push(...given);
    };
    if (query.status !== undefined) add(`status in (${query.status.map(() => '?').join(', ')})`, ...query.status);
    if (query.startedFrom !== undefined) add('start_time >= ?', query.startedFrom);
    if (query.startedBefore !== undefined) add('start_time < ?', query.startedBefore);
    if (query.after !== undefined) add('run_id > ?', query.after);
    const statement = this.#database.prepare(
      `select * from run where ${clauses.join(' and ')} order by run_id limit ?`,
    );
    return (statement.all(...values, query.limit) as unknown as RunTable[]).map((row) => fromRunRow(row, this.#unpack));
  }

  async listActions(runId: string, action?: string): Promise<readonly ActionRecord[]> {
    const rows =
      action === undefined
        ? this.#statements.outerActions.all(runId)
        : this.#statements.actionIterations.all(runId, action);
    return (rows as unknown as ActionRecordTable[]).map((row) => fromActionRow(row, this.#unpack));
  }
}

function isUnfinished(status: string): boolean {
  return status === 'Running' || status === 'Waiting';
}

type Statements = ReturnType<typeof prepareStatements>;

const unfinished = "status in ('Running', 'Waiting')";
/** A sleeping run is due at its time, or at once when someone wants it stopped; one in hand, when its lease runs out. */
const dueTime =
  '(case when wake_at_ms is null then lease_until_ms when cancel_requested = 1 then 0 else wake_at_ms end)';

function prepareStatements(database: DatabaseSync) {
  const prepare = (text: string): StatementSync => database.prepare(text);
  const marks = (count: number): string => Array.from({ length: count }, () => '?').join(', ');
  const replaced = actionColumns.filter((column) => !['run_id', 'action', 'iteration'].includes(column));
  return {
    insertRun: prepare(`insert into run (${runColumns.join(', ')}) values (${marks(runColumns.length)})`),
    upsertAction: prepare(
      `insert into action_record (${actionColumns.join(', ')}) values (${marks(actionColumns.length)})
       on conflict (run_id, action, iteration) do update set ${replaced.map((column) => `${column} = excluded.${column}`).join(', ')}`,
    ),
    updateRun: new Map<string, StatementSync>(),
    insertBlob: prepare('insert into blob (hash, content) values (?, ?) on conflict (hash) do nothing'),
    findBlob: prepare('select content from blob where hash = ?'),
    findEpoch: prepare('select epoch, status from run where run_id = ?'),
    findUniqueKey: prepare('select 1 from run where unique_key = ?'),
    claim: prepare(
      `update run set epoch = epoch + 1, owner = ?, lease_until_ms = ?, wake_at_ms = null
       where run_id = ? and ${unfinished} and (lease_until_ms <= ? or owner = ?) returning *`,
    ),
    renew: prepare(
      `update run set lease_until_ms = ? where owner = ? and lease_until_ms > ? and wake_at_ms is null and ${unfinished}`,
    ),
    due: prepare(
      `select run_id from run where ${unfinished} and ${dueTime} <= ? order by ${dueTime}, run_id desc limit ?`,
    ),
    nextDue: prepare(`select min(${dueTime}) as due from run where ${unfinished}`),
    requestCancel: prepare(`update run set cancel_requested = 1 where run_id = ? and ${unfinished}`),
    findRun: prepare('select * from run where run_id = ?'),
    allActions: prepare('select * from action_record where run_id = ? order by sequence'),
    outerActions: prepare("select * from action_record where run_id = ? and iteration = '' order by sequence"),
    actionIterations: prepare('select * from action_record where run_id = ? and action = ? order by sequence'),
  };
}

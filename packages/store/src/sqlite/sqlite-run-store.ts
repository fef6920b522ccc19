import type { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  type ActionRecord,
  type Admission,
  type ClaimedRun,
  DuplicateRunError,
  earlyWakeMs,
  FencedError,
  type Lease,
  type RecordQuery,
  type RecordTally,
  type RunEntry,
  type RunGate,
  type RunPlace,
  type RunQuery,
  type RunRecord,
  type RunSignal,
  type RunStore,
  type RunSummary,
  type SignalReceipt,
  type SleepingRun,
  type SleepRange,
} from '@patchbay/workflow';
import type { ActionRecordTable, Database, RunTable } from '../database.ts';
import type { RunRetention } from '../history/contract.ts';
import { admittedRows } from '../runs/admitted-row.ts';
import { type BlobWriter, openBlobs } from '../runs/blobs.ts';
import type { SummaryRow } from '../runs/run-page.ts';
import { fromActionRow, fromRunRow, fromSignalRow, fromSummaryRow, runColumns } from '../runs/run-rows.ts';
import { outerActions } from './outer-actions.ts';
import { toActionValues, toRunAppend } from './run-append.ts';
import { type PageColumns, pageStatement } from './run-page.ts';
import { RunWriteQueue } from './run-write-queue.ts';
import { SqliteRunRetention } from './sqlite-run-retention.ts';
import { tallyActions, tallyPage } from './tally-actions.ts';
import { unfinished } from './unfinished.ts';

export type SqliteRunStoreOptions = {
  readonly path: string;
  readonly blobThresholdBytes: number;
  readonly nowMs: () => number;
};

/** Runs on SQLite: written by a thread of their own, read here. One process owns the file. */
export class SqliteRunStore implements RunStore {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  readonly #blobs: BlobWriter;
  readonly #nowMs: () => number;
  readonly #writes: RunWriteQueue;
  readonly retention: RunRetention;

  constructor(database: DatabaseSync, options: SqliteRunStoreOptions) {
    const { path, blobThresholdBytes } = options;
    this.#database = database;
    this.#nowMs = options.nowMs;
    this.#statements = prepareStatements(database);
    this.#blobs = openBlobs(blobThresholdBytes);
    // The owner of an earlier process is gone: this one has the file to itself.
    database.exec(`update run set lease_until_ms = 0 where ${unfinished} and wake_at_ms is null`);
    this.#writes = new RunWriteQueue({ path, blobThresholdBytes });
    this.retention = new SqliteRunRetention(database, this.#writes);
  }

  async append(lease: Lease, entries: readonly RunEntry[]): Promise<void> {
    const [first] = entries;
    const uniqueKey = first?.kind === 'run-started' ? first.uniqueKey : undefined;
    // The entries themselves are not held while they are written.
    const outcome = await this.#writes.write(toRunAppend(lease, entries));
    if (outcome.kind === 'written') return;
    throw outcome.kind === 'duplicate' ? new DuplicateRunError(uniqueKey ?? '') : new FencedError(lease.runId);
  }

  async admit(started: Extract<RunEntry, { kind: 'run-started' }>, gate: RunGate): Promise<Admission> {
    const rows = admittedRows(started, gate, (text) => text ?? null);
    const valuesOf = (row: RunTable) => runColumns.map((column) => row[column]);
    const outcome = await this.#writes.write({
      kind: 'admit',
      runId: started.run.runId,
      gate,
      running: valuesOf(rows.running),
      waiting: valuesOf(rows.waiting),
      actions: toActionValues(started.records ?? []),
    });
    if (outcome.kind === 'admitted') return outcome.admission;
    throw new DuplicateRunError(started.uniqueKey ?? '');
  }

  /** Commits everything appended so far and lets go of the file. */
  close(): Promise<void> {
    return this.#writes.close();
  }

  async claim(runId: string, owner: string, leaseUntilMs: number): Promise<ClaimedRun | undefined> {
    const nowMs = this.#nowMs();
    const earlyUntilMs = nowMs + earlyWakeMs;
    const outcome = await this.#writes.write({ kind: 'claim', runId, owner, leaseUntilMs, nowMs, earlyUntilMs });
    const row = this.#statements.findRun.get(runId) as RunTable | undefined;
    if (outcome.kind !== 'claimed' || row === undefined) return undefined;
    return {
      run: fromRunRow(row, this.#unpack),
      lease: { runId, epoch: outcome.epoch },
      actions: await this.listActions(runId),
      cancelRequested: row.cancel_requested === 1,
      signals: await this.pendingSignals(runId),
    };
  }

  async putSignal(signal: RunSignal): Promise<SignalReceipt> {
    const outcome = await this.#writes.write({ kind: 'put-signal', signal });
    if (outcome.kind === 'written') return 'taken';
    return outcome.kind === 'repeated' ? 'repeated' : 'unexpected';
  }

  async pendingSignals(runId: string): Promise<readonly RunSignal[]> {
    const rows = this.#statements.pendingSignals.all(runId) as Database['run_signal'][];
    return rows.map((row) => fromSignalRow(row, this.#unpack));
  }

  async renew(owner: string, leaseUntilMs: number): Promise<void> {
    await this.#writes.write({ kind: 'renew', owner, leaseUntilMs, nowMs: this.#nowMs() });
  }

  async requestCancel(runId: string): Promise<boolean> {
    const outcome = await this.#writes.write({ kind: 'request-cancel', runId });
    return outcome.kind === 'written';
  }

  async due(nowMs: number, limit: number): Promise<readonly string[]> {
    return (this.#statements.due.all(nowMs, limit) as { run_id: string }[]).map((row) => row.run_id);
  }

  async nextDueMs(): Promise<number | undefined> {
    const row = this.#statements.nextDue.get() as { due: number | null } | undefined;
    return row?.due ?? undefined;
  }

  async sleeping({ after, untilMs, limit }: SleepRange): Promise<readonly SleepingRun[]> {
    const rows = this.#statements.sleeping.all(after.wakeAtMs, after.runId, untilMs, limit);
    return rows.map((row) => {
      const { run_id, wake_at_ms } = row as { readonly run_id: string; readonly wake_at_ms: number };
      return { runId: run_id, wakeAtMs: wake_at_ms };
    });
  }

  async cancelRequested(owner: string): Promise<readonly string[]> {
    return (this.#statements.cancelRequested.all(owner) as { run_id: string }[]).map((row) => row.run_id);
  }

  async answered(runIds: readonly string[]): Promise<readonly string[]> {
    const rows = this.#statements.answered.all(JSON.stringify(runIds)) as { run_id: string }[];
    return rows.map((row) => row.run_id);
  }

  async findRun(runId: string): Promise<RunRecord | undefined> {
    const row = this.#statements.findRun.get(runId) as RunTable | undefined;
    return row === undefined ? undefined : fromRunRow(row, this.#unpack);
  }

  async findRunByKey(uniqueKey: string): Promise<RunRecord | undefined> {
    const row = this.#statements.findRunByKey.get(uniqueKey) as RunTable | undefined;
    return row === undefined ? undefined : fromRunRow(row, this.#unpack);
  }

  async listRuns(query: RunQuery): Promise<readonly RunRecord[]> {
    return (this.#page(query, 'whole') as RunTable[]).map((row) => fromRunRow(row, this.#unpack));
  }

  async listRunSummaries(query: RunQuery): Promise<readonly RunSummary[]> {
    return (this.#page(query, 'summary') as SummaryRow[]).map((row) => fromSummaryRow(row, this.#unpack));
  }

  #page(query: RunQuery, columns: PageColumns): readonly unknown[] {
    if (query.status?.length === 0) return [];
    const { text, parameters } = pageStatement(query, columns);
    return this.#database.prepare(text).all(parameters);
  }

  async findAction({ runId, action, iteration }: RunPlace): Promise<ActionRecord | undefined> {
    const row = this.#statements.findAction.get(runId, action, iteration) as ActionRecordTable | undefined;
    return row && fromActionRow(row, this.#unpack);
  }

  async listActions(runId: string, action?: string): Promise<readonly ActionRecord[]> {
    const rows =
      action === undefined
        ? this.#statements.outerActions.all(runId)
        : this.#statements.actionIterations.all(runId, action);
    return (rows as unknown as ActionRecordTable[]).map((row) => fromActionRow(row, this.#unpack));
  }

  tallyActions(runId: string): Promise<readonly RecordTally[]> {
    return tallyActions(this.#statements.tallyPage, runId);
  }

  async readActions({ runId, actions, iterations }: RecordQuery): Promise<readonly ActionRecord[]> {
    const rows = this.#statements.readActions.all(JSON.stringify(actions), JSON.stringify(iterations), runId);
    return (rows as unknown as ActionRecordTable[]).map((row) => fromActionRow(row, this.#unpack));
  }

  #unpack = (text: string | null): string | undefined =>
    this.#blobs.unpack(
      text,
      (hash) => (this.#statements.findBlob.get(hash) as { content: string } | undefined)?.content,
    );
}

type Statements = ReturnType<typeof prepareStatements>;

/** A sleeping run is due at its time, or at once when someone wants it stopped; one in hand, when its lease runs out. */
const dueTime =
  '(case when wake_at_ms is null then lease_until_ms when cancel_requested = 1 then 0 else wake_at_ms end)';

function prepareStatements(database: DatabaseSync) {
  const prepare = (text: string): StatementSync => database.prepare(text);
  return {
    findBlob: prepare('select content from blob where hash = ?'),
    due: prepare(
      `select run_id from run where ${unfinished} and ${dueTime} <= ? order by ${dueTime}, run_id desc limit ?`,
    ),
    nextDue: prepare(`select min(${dueTime}) as due from run where ${unfinished}`),
    sleeping: prepare(
      `select run_id, wake_at_ms from run where ${unfinished} and (wake_at_ms, run_id) > (?, ?) and wake_at_ms <= ?
       order by wake_at_ms, run_id limit ?`,
    ),
    cancelRequested: prepare(
      `select run_id from run where ${unfinished} and owner = ? and wake_at_ms is null and cancel_requested = 1`,
    ),
    answered: prepare(
      `select run_id from run where run_id in (select value from json_each(?)) and (response is not null or not ${unfinished})`,
    ),
    findRunByKey: prepare('select * from run where unique_key = ?'),
    findRun: prepare('select * from run where run_id = ?'),
    pendingSignals: prepare('select * from run_signal where run_id = ? and is_consumed = 0'),
    findAction: prepare('select * from action_record where run_id = ? and action = ? and iteration = ?'),
    outerActions: prepare(outerActions),
    actionIterations: prepare('select * from action_record where run_id = ? and action = ? order by sequence'),
    tallyPage: prepare(tallyPage),
    readActions: prepare(
      `select action_record.* from json_each(?) as wanted cross join json_each(?) as place cross join action_record
       where run_id = ? and action = wanted.value and iteration = place.value`,
    ),
  };
}

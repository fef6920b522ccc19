import type {
  ActionRecord,
  Admission,
  ClaimedRun,
  Lease,
  RecordQuery,
  RecordTally,
  RunEntry,
  RunGate,
  RunPlace,
  RunQuery,
  RunRecord,
  RunSignal,
  RunStore,
  RunSummary,
  SignalReceipt,
  SleepingRun,
  SleepRange,
} from '@patchbay/workflow';
import type { Kysely } from 'kysely';
import type { Database } from '../database.ts';
import { type BlobWriter, openBlobs } from '../runs/blobs.ts';
import { admitRun } from './admit-run.ts';
import { AppendQueue } from './append-queue.ts';
import { commitAppends } from './commit-appends.ts';
import { listDue, listSleeping, nextDueMs } from './due-runs.ts';
import { receiveSignal } from './receive-signal.ts';
import { cancelRequested, requestCancel } from './run-cancellation.ts';
import { renewLeases, takeLease } from './run-leases.ts';
import { RunReader } from './run-reader.ts';

export type PostgresRunStoreOptions = { readonly blobThresholdBytes: number; readonly nowMs: () => number };

/**
 * Runs on PostgreSQL. Appends that gather while a commit is under way go into the next transaction together, in multi-row statements.
 * Several processes may write: each append's epoch is compared in the transaction, with the run's row locked.
 */
export class PostgresRunStore implements RunStore {
  readonly #database: Kysely<Database>;
  readonly #blobs: BlobWriter;
  readonly #nowMs: () => number;
  readonly #appends: AppendQueue;
  readonly #reader: RunReader;

  constructor(database: Kysely<Database>, options: PostgresRunStoreOptions) {
    this.#database = database;
    this.#blobs = openBlobs(options.blobThresholdBytes);
    this.#nowMs = options.nowMs;
    this.#appends = new AppendQueue((batch) => commitAppends(database, this.#blobs, batch));
    this.#reader = new RunReader(database, this.#blobs);
  }

  append(lease: Lease, entries: readonly RunEntry[]): Promise<void> {
    return this.#appends.append(lease, entries);
  }

  /** Commits what was appended so far, or refuses it where the database takes no writes. */
  close(): Promise<void> {
    return this.#appends.close();
  }

  admit(started: Extract<RunEntry, { kind: 'run-started' }>, gate: RunGate): Promise<Admission> {
    return admitRun(this.#database, this.#blobs, started, gate);
  }

  async claim(runId: string, owner: string, leaseUntilMs: number): Promise<ClaimedRun | undefined> {
    // What this process has written of the run comes first.
    if (this.#appends.holds(runId)) await this.#appends.settle();
    const row = await takeLease(this.#database, { runId, owner, leaseUntilMs, nowMs: this.#nowMs() });
    if (row === undefined) return undefined;
    const actions = await this.#reader.listActions(runId);
    const run = await this.#reader.toRun(row);
    const signals = await this.pendingSignals(runId);
    return { run, lease: { runId, epoch: row.epoch }, actions, cancelRequested: row.cancel_requested === 1, signals };
  }

  async putSignal(signal: RunSignal): Promise<SignalReceipt> {
    // What this process has appended about the action may still be on its way.
    await this.#appends.settle();
    return receiveSignal(this.#database, this.#blobs, signal);
  }

  pendingSignals(runId: string): Promise<readonly RunSignal[]> {
    return this.#reader.listPendingSignals(runId);
  }

  renew(owner: string, leaseUntilMs: number): Promise<void> {
    return renewLeases(this.#database, { owner, leaseUntilMs, nowMs: this.#nowMs() });
  }

  due(nowMs: number, limit: number): Promise<readonly string[]> {
    return listDue(this.#database, nowMs, limit);
  }

  nextDueMs(): Promise<number | undefined> {
    return nextDueMs(this.#database);
  }

  sleeping(range: SleepRange): Promise<readonly SleepingRun[]> {
    return listSleeping(this.#database, range);
  }

  requestCancel(runId: string): Promise<boolean> {
    return requestCancel(this.#database, runId);
  }

  cancelRequested(owner: string): Promise<readonly string[]> {
    return cancelRequested(this.#database, owner);
  }

  answered(runIds: readonly string[]): Promise<readonly string[]> {
    return this.#reader.listAnswered(runIds);
  }

  findRun(runId: string): Promise<RunRecord | undefined> {
    return this.#reader.findRun(runId);
  }

  findRunByKey(uniqueKey: string): Promise<RunRecord | undefined> {
    return this.#reader.findRunByKey(uniqueKey);
  }

  listRuns(query: RunQuery): Promise<readonly RunRecord[]> {
    return this.#reader.listRuns(query);
  }

  listRunSummaries(query: RunQuery): Promise<readonly RunSummary[]> {
    return this.#reader.listRunSummaries(query);
  }

  findAction(place: RunPlace): Promise<ActionRecord | undefined> {
    return this.#reader.findAction(place);
  }

  listActions(runId: string, action?: string): Promise<readonly ActionRecord[]> {
    return this.#reader.listActions(runId, action);
  }

  tallyActions(runId: string): Promise<readonly RecordTally[]> {
    return this.#reader.tallyActions(runId);
  }

  readActions(query: RecordQuery): Promise<readonly ActionRecord[]> {
    return this.#reader.readActions(query);
  }
}

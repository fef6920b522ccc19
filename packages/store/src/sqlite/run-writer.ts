import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RunSignal } from '@patchbay/workflow';
import { type BlobWriter, openBlobs } from '../runs/blobs.ts';
import { actionColumns, runColumns } from '../runs/run-rows.ts';
import { RunCleaner } from './run-cleaner.ts';
import type { RunAdmission, RunAppend, RunWrite, RunWriteOutcome, SqliteValue } from './run-write.ts';
import { sqliteOutage } from './sqlite-outage.ts';
import { unfinished } from './unfinished.ts';

const written = { kind: 'written' } as const;
const unmatched = { kind: 'unmatched' } as const;
const repeated = { kind: 'repeated' } as const;
const fenced = { kind: 'fenced' } as const;
const duplicate = { kind: 'duplicate' } as const;

const runPayloads = payloadPositions(runColumns, ['trigger', 'outputs', 'response']);
const actionPayloads = payloadPositions(actionColumns, ['inputs', 'outputs']);
const uniqueKeyPosition = runColumns.indexOf('unique_key');
const gatePosition = runColumns.indexOf('gate');

/**
 * Writes runs to a SQLite file, by prepared statements, a group in one transaction. Nobody else writes epochs, so the fence is a comparison
 * with the epoch that was last seen.
 */
export class RunWriter {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  readonly #blobs: BlobWriter;
  readonly #cleaner: RunCleaner;
  readonly #epochs = new Map<string, number>();

  constructor(database: DatabaseSync, blobThresholdBytes: number) {
    this.#database = database;
    this.#statements = prepareStatements(database);
    this.#blobs = openBlobs(blobThresholdBytes);
    this.#cleaner = new RunCleaner(database, (runId) => this.#epochs.delete(runId));
  }

  /** Writes in order and answers, in order, what became of each; what was written is durable. */
  commit(writes: readonly RunWrite[]): readonly RunWriteOutcome[] {
    try {
      this.#database.exec('BEGIN IMMEDIATE');
    } catch (error) {
      return writes.map(() => failed(error));
    }
    try {
      const outcomes = writes.map((write) => this.#write(write));
      this.#database.exec('COMMIT');
      return outcomes;
    } catch (error) {
      this.#undo(writes);
      if (sqliteOutage(error) !== undefined) return writes.map(() => failed(error));
      // A broken entry fails a transaction as a whole: each write gets one of its own, so that only the culprit fails.
      if (writes.length > 1) return writes.flatMap((write) => this.commit([write]));
      return [failed(error)];
    }
  }

  #undo(writes: readonly RunWrite[]): void {
    // A full disk makes SQLite roll back by itself.
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
    // What this transaction taught about epochs did not happen.
    for (const write of writes) if ('runId' in write) this.#epochs.delete(write.runId);
  }

  #write(write: RunWrite): RunWriteOutcome {
    switch (write.kind) {
      case 'append':
        return this.#append(write);
      case 'claim':
        return this.#claim(write);
      case 'renew':
        this.#statements.renew.run(write.leaseUntilMs, write.owner, write.nowMs);
        return written;
      case 'request-cancel':
        return this.#statements.requestCancel.run(write.runId).changes > 0 ? written : unmatched;
      case 'put-signal':
        return this.#putSignal(write.signal);
      case 'admit':
        return this.#admit(write);
      case 'delete-runs':
        return { kind: 'cleaned', deletion: this.#cleaner.deleteRuns(write.expired, write.limit) };
      case 'purge-records':
        return { kind: 'cleaned', deletion: this.#cleaner.purgeRecords(write.limit) };
      case 'drop-contents':
        return { kind: 'cleaned', deletion: { count: this.#cleaner.dropContents(write.hashes), contents: [] } };
    }
  }

  #append(append: RunAppend): RunWriteOutcome {
    const { runId, epoch, run, change, actions, isLast } = append;
    if (run === undefined) {
      if (this.#epochOf(runId) !== epoch) return fenced;
      if (change !== undefined) this.#change(runId, change.columns, change.values);
    } else {
      const uniqueKey = run[uniqueKeyPosition] ?? null;
      if (uniqueKey !== null && this.#statements.findUniqueKey.get(uniqueKey) !== undefined) return duplicate;
      if (this.#epochOf(runId) !== undefined) return fenced;
      this.#statements.insertRun.run(...this.#pack(run, 0, runColumns.length, runPayloads));
      this.#epochs.set(runId, epoch);
    }
    this.#writeActions(actions);
    for (const signalId of append.consumed ?? []) this.#statements.consumeSignal.run(runId, signalId);
    for (const signal of append.sent ?? []) this.#putSignal(signal);
    if (append.sleeps) this.#statements.wakeSignalled.run(runId, runId);
    if (isLast) this.#end(append);
    return written;
  }

  /** The run has ended. One that began in the same append has no signals yet. */
  #end({ runId, run }: RunAppend): void {
    this.#epochs.delete(runId);
    if (run === undefined) this.#statements.forgetSignals.run(runId);
    const gate = run === undefined ? this.#statements.findGate.get(runId)?.['gate'] : run[gatePosition];
    if (typeof gate === 'string') this.#openGate(gate);
  }

  #writeActions(actions: readonly SqliteValue[]): void {
    for (let first = 0; first < actions.length; first += actionColumns.length) {
      this.#statements.upsertAction.run(...this.#pack(actions, first, actionColumns.length, actionPayloads));
    }
  }

  #admit({ runId, gate, running, waiting, actions }: RunAdmission): RunWriteOutcome {
    const uniqueKey = running[uniqueKeyPosition] ?? null;
    if (uniqueKey !== null && this.#statements.findUniqueKey.get(uniqueKey) !== undefined) return duplicate;
    this.#openGate(gate.key, gate.limit);
    const before = this.#countAtGate(gate.key);
    const waits = before.inside >= gate.limit || before.waiting > 0;
    if (waits && before.waiting >= gate.maximumWaiting) return { kind: 'admitted', admission: 'full' };
    this.#statements.insertRun.run(...this.#pack(waits ? waiting : running, 0, runColumns.length, runPayloads));
    this.#writeActions(actions);
    if (waits) return { kind: 'admitted', admission: 'waiting' };
    this.#epochs.set(runId, 1);
    return { kind: 'admitted', admission: 'running' };
  }

  /** Lets in who waits, oldest first, as long as there is room. */
  #openGate(gate: string, limit?: number): void {
    for (;;) {
      const next = this.#statements.firstAtGate.get(gate);
      if (next === undefined) return;
      const { run_id, gate_limit } = next;
      if (run_id === undefined || this.#countAtGate(gate).inside >= (limit ?? Number(gate_limit))) return;
      this.#statements.letIn.run(run_id);
    }
  }

  #countAtGate(gate: string): { readonly inside: number; readonly waiting: number } {
    const row = this.#statements.countAtGate.get(gate);
    return { inside: Number(row?.['inside'] ?? 0), waiting: Number(row?.['waiting'] ?? 0) };
  }

  #putSignal({ runId, action, iteration, signalId, payload }: RunSignal): RunWriteOutcome {
    if (this.#statements.findSignal.get(runId, signalId) !== undefined) return repeated;
    if (this.#statements.findWaiting.get(runId, action, iteration) === undefined) return unmatched;
    const packed = this.#blobs.pack(payload, this.#insertBlob);
    this.#statements.insertSignal.run(runId, signalId, action, iteration, packed);
    this.#statements.wakeSleeping.run(runId);
    return written;
  }

  #change(runId: string, columns: readonly string[], values: readonly SqliteValue[]): void {
    const key = columns.join();
    let update = this.#statements.updateRun.get(key);
    if (update === undefined) {
      const assignments = columns.map((column) => `${column} = ?`).join(', ');
      const statement = this.#database.prepare(`update run set ${assignments} where run_id = ?`);
      update = { statement, payloads: payloadPositions(columns, ['outputs', 'response']) };
      this.#statements.updateRun.set(key, update);
    }
    update.statement.run(...this.#pack(values, 0, values.length, update.payloads), runId);
  }

  /** One row of several, its big payloads stored apart. */
  #pack(values: readonly SqliteValue[], first: number, length: number, payloads: readonly number[]): SqliteValue[] {
    const row = values.slice(first, first + length);
    for (const position of payloads) {
      const text = row[position];
      if (typeof text === 'string') row[position] = this.#blobs.pack(text, this.#insertBlob);
    }
    return row;
  }

  readonly #insertBlob = (hash: string, content: string): void => {
    this.#statements.insertBlob.run(hash, content);
  };

  #claim(write: Extract<RunWrite, { readonly kind: 'claim' }>): RunWriteOutcome {
    const { runId, owner, leaseUntilMs, nowMs, earlyUntilMs } = write;
    const row = this.#statements.claim.get(owner, leaseUntilMs, runId, nowMs, owner, earlyUntilMs);
    const epoch = row?.['epoch'];
    if (typeof epoch !== 'number') return unmatched;
    this.#epochs.set(runId, epoch);
    return { kind: 'claimed', epoch };
  }

  #epochOf(runId: string): number | undefined {
    const known = this.#epochs.get(runId);
    if (known !== undefined) return known;
    const row = this.#statements.findEpoch.get(runId);
    const epoch = row?.['epoch'];
    if (typeof epoch !== 'number') return undefined;
    if (row?.['is_unfinished'] === 1) this.#epochs.set(runId, epoch);
    return epoch;
  }
}

function failed(error: unknown): RunWriteOutcome {
  const outage = sqliteOutage(error);
  return {
    kind: 'failed',
    error: error instanceof Error ? error : new Error(String(error)),
    ...(outage !== undefined && { outage }),
  };
}

function payloadPositions(columns: readonly string[], payloads: readonly string[]): readonly number[] {
  return columns.flatMap((column, position) => (payloads.includes(column) ? [position] : []));
}

type Statements = ReturnType<typeof prepareStatements>;

type UpdateRun = { readonly statement: StatementSync; readonly payloads: readonly number[] };

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
    updateRun: new Map<string, UpdateRun>(),
    insertBlob: prepare('insert into blob (hash, content) values (?, ?) on conflict (hash) do nothing'),
    findEpoch: prepare(`select epoch, ${unfinished} as is_unfinished from run where run_id = ?`),
    findUniqueKey: prepare('select 1 from run where unique_key = ?'),
    claim: prepare(
      `update run set epoch = epoch + 1, owner = ?, lease_until_ms = ?, wake_at_ms = null
       where run_id = ? and ${unfinished} and (lease_until_ms <= ? or owner = ?)
       and (wake_at_ms is null or wake_at_ms <= ? or cancel_requested = 1) returning epoch`,
    ),
    renew: prepare(
      `update run set lease_until_ms = ? where owner = ? and lease_until_ms > ? and wake_at_ms is null and ${unfinished}`,
    ),
    requestCancel: prepare(`update run set cancel_requested = 1 where run_id = ? and ${unfinished}`),
    findGate: prepare('select gate from run where run_id = ?'),
    countAtGate: prepare(
      `select sum(waits_at_gate = 0) as inside, sum(waits_at_gate = 1 and cancel_requested = 0) as waiting
       from run where gate = ? and ${unfinished}`,
    ),
    firstAtGate: prepare(
      `select run_id, gate_limit from run where gate = ? and waits_at_gate = 1 and cancel_requested = 0 and ${unfinished}
       order by run_id desc limit 1`,
    ),
    letIn: prepare("update run set status = 'Running', waits_at_gate = 0, wake_at_ms = 0 where run_id = ?"),
    findSignal: prepare('select 1 from run_signal where run_id = ? and signal_id = ?'),
    findWaiting: prepare(
      `select 1 from action_record where run_id = ? and action = ? and iteration = ? and ${unfinished}
       and exists (select 1 from run where run.run_id = action_record.run_id and run.${unfinished})`,
    ),
    insertSignal: prepare(
      'insert into run_signal (run_id, signal_id, action, iteration, payload, is_consumed) values (?, ?, ?, ?, ?, 0)',
    ),
    consumeSignal: prepare("update run_signal set is_consumed = 1, payload = '' where run_id = ? and signal_id = ?"),
    forgetSignals: prepare('delete from run_signal where run_id = ?'),
    wakeSleeping: prepare('update run set wake_at_ms = 0 where run_id = ? and wake_at_ms is not null'),
    wakeSignalled: prepare(
      `update run set wake_at_ms = 0 where run_id = ?
       and exists (select 1 from run_signal where run_signal.run_id = ? and is_consumed = 0)`,
    ),
  };
}

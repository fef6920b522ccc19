import {
  type ActionRecord,
  type Admission,
  type ClaimedRun,
  DuplicateRunError,
  earlyWakeMs,
  FencedError,
  type Lease,
  type RunEntry,
  type RunGate,
  type RunPlace,
  type RunQuery,
  type RunRecord,
  type RunSignal,
  type RunStore,
  type SignalReceipt,
  type SleepingRun,
  type SleepRange,
} from '@patchbay/workflow';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { ActionRecordTable, Database, RunTable } from '../database.ts';
import { admittedRows } from '../runs/admitted-row.ts';
import { type BlobWriter, blobHashes, openBlobs, type Packed } from '../runs/blobs.ts';
import { foldRunChanges, packChange } from '../runs/run-changes.ts';
import { actionColumns, fromActionRow, fromRunRow, fromSignalRow, toActionRow, toRunRow } from '../runs/run-rows.ts';
import { openGates, passGate } from './gates.ts';
import { applySignals, putSignal, sentSignals } from './signals.ts';

/** Rows of one statement; PostgreSQL takes 65,535 parameters. */
const maxRowsPerStatement = 1000;
const maxEntriesPerCommit = 2000;
const unfinished = ['Running', 'Waiting'] as const;

type Pending = {
  readonly lease: Lease;
  readonly entries: readonly RunEntry[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

export type PostgresRunStoreOptions = { readonly blobThresholdBytes: number; readonly nowMs: () => number };

/**
 * Runs on PostgreSQL. Appends that gather while a commit is under way go into the next transaction together, in multi-row statements.
 * Several processes may write: each append's epoch is compared in the transaction, with the run's row locked.
 */
export class PostgresRunStore implements RunStore {
  readonly #database: Kysely<Database>;
  readonly #blobs: BlobWriter;
  readonly #nowMs: () => number;
  #queue: Pending[] = [];
  #inHand: readonly Pending[] = [];
  #flushing: Promise<void> | undefined;

  constructor(database: Kysely<Database>, options: PostgresRunStoreOptions) {
    this.#database = database;
    this.#blobs = openBlobs(options.blobThresholdBytes);
    this.#nowMs = options.nowMs;
  }

  append(lease: Lease, entries: readonly RunEntry[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ lease, entries, resolve, reject });
      this.#flushing ??= this.#flushAll();
    });
  }

  /** Waits until nothing is queued or under way; for closing. */
  async settle(): Promise<void> {
    await this.#flushing;
  }

  async #flushAll(): Promise<void> {
    await new Promise(setImmediate);
    while (this.#queue.length > 0) {
      const batch = this.#takeBatch();
      this.#inHand = batch;
      try {
        const refused = await this.#commit(batch);
        for (const pending of batch) settle(pending, refused.get(pending));
      } catch (error) {
        await this.#commitOneByOne(batch, error);
      }
    }
    this.#inHand = [];
    this.#flushing = undefined;
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

  async #commitOneByOne(batch: readonly Pending[], failure: unknown): Promise<void> {
    for (const pending of batch) {
      try {
        // Alone it may succeed: another process took a unique key in between, which now shows.
        settle(
          pending,
          batch.length === 1 && !isUniqueViolation(failure) ? failure : (await this.#commit([pending])).get(pending),
        );
      } catch (error) {
        pending.reject(error);
      }
    }
  }

  /** One transaction; answers which appends were refused, and why. Nothing of a refused one was written. */
  #commit(batch: readonly Pending[]): Promise<ReadonlyMap<Pending, Error>> {
    return this.#database.transaction().execute(async (transaction) => {
      const { refused, gates } = await this.#findRefused(transaction, batch);
      const accepted = batch.filter((pending) => !refused.has(pending));
      const blobs = new Map<string, string>();
      const pack = (text: string | undefined): Packed =>
        this.#blobs.pack(text, (hash, content) => blobs.set(hash, content));
      const runs = accepted.flatMap(({ entries, lease }) => {
        const [first] = entries;
        return first?.kind === 'run-started'
          ? [{ ...toRunRow(first, lease.epoch, pack), ...packChange(foldRunChanges(entries), pack) }]
          : [];
      });
      const records = new Map<string, ActionRecordTable>();
      for (const { entries } of accepted) {
        for (const entry of entries) if (entry.kind === 'action') keepLast(records, toActionRow(entry.record, pack));
      }
      const changes = changesByRun(accepted.filter(({ entries }) => entries[0]?.kind !== 'run-started'));
      const packed = [...changes].map(([runId, change]) => [runId, packChange(change, pack)] as const);
      for (const { entries } of accepted) for (const { payload } of sentSignals(entries)) pack(payload);
      await insertBlobs(transaction, blobs);
      await insertRuns(transaction, runs);
      await upsertActions(transaction, [...records.values()]);
      for (const [runId, change] of packed) {
        if (Object.keys(change).length > 0)
          await transaction.updateTable('run').set(change).where('run_id', '=', runId).execute();
      }
      await applySignals(
        transaction,
        accepted.flatMap(({ entries }) => entries),
        pack,
      );
      await openGates(transaction, gatesLeft(accepted, gates));
      return refused;
    });
  }

  /** Locks the runs concerned and compares epochs; finds unique keys that are taken, in the table or within the batch, and gates of runs. */
  async #findRefused(
    transaction: Transaction<Database>,
    batch: readonly Pending[],
  ): Promise<{ readonly refused: ReadonlyMap<Pending, Error>; readonly gates: ReadonlyMap<string, string> }> {
    const targets = batch.flatMap(({ entries }) => sentSignals(entries).map(({ runId }) => runId));
    const ids = [...new Set([...batch.map(({ lease }) => lease.runId), ...targets])].sort();
    const rows = await transaction
      .selectFrom('run')
      .select(['run_id', 'epoch', 'gate'])
      .where('run_id', 'in', ids)
      .orderBy('run_id')
      .forUpdate()
      .execute();
    const epochs = new Map(rows.map((row) => [row.run_id, row.epoch]));
    const taken = await takenKeys(transaction, batch);
    const refused = new Map<Pending, Error>();
    for (const pending of batch) {
      const { lease, entries } = pending;
      const [first] = entries;
      if (first?.kind !== 'run-started') {
        if (epochs.get(lease.runId) !== lease.epoch) refused.set(pending, new FencedError(lease.runId));
      } else if (first.uniqueKey !== undefined && taken.has(first.uniqueKey))
        refused.set(pending, new DuplicateRunError(first.uniqueKey));
      else if (epochs.has(lease.runId)) refused.set(pending, new FencedError(lease.runId));
      else {
        epochs.set(lease.runId, lease.epoch);
        if (first.uniqueKey !== undefined) taken.add(first.uniqueKey);
      }
    }
    const gates = rows.flatMap(({ run_id, gate }) => (gate === null ? [] : [[run_id, gate] as const]));
    return { refused, gates: new Map(gates) };
  }

  async admit(started: Extract<RunEntry, { kind: 'run-started' }>, gate: RunGate): Promise<Admission> {
    const { uniqueKey } = started;
    const blobs = new Map<string, string>();
    const rows = admittedRows(started, gate, (text) =>
      this.#blobs.pack(text, (hash, content) => blobs.set(hash, content)),
    );
    try {
      return await this.#database.transaction().execute(async (transaction) => {
        const taken = uniqueKey !== undefined && (await isTaken(transaction, uniqueKey));
        if (taken) throw new DuplicateRunError(uniqueKey);
        const admission = await passGate(transaction, gate);
        if (admission === 'full') return admission;
        await insertBlobs(transaction, blobs);
        await insertRuns(transaction, [admission === 'running' ? rows.running : rows.waiting]);
        return admission;
      });
    } catch (error) {
      if (uniqueKey !== undefined && isUniqueViolation(error)) throw new DuplicateRunError(uniqueKey);
      throw error;
    }
  }

  async claim(runId: string, owner: string, leaseUntilMs: number): Promise<ClaimedRun | undefined> {
    // What this process has written of the run comes first.
    if ([...this.#inHand, ...this.#queue].some(({ lease }) => lease.runId === runId)) await this.settle();
    const nowMs = this.#nowMs();
    const row = await this.#database
      .updateTable('run')
      .set((eb) => ({ epoch: eb('epoch', '+', 1), owner, lease_until_ms: leaseUntilMs, wake_at_ms: null }))
      .where('run_id', '=', runId)
      .where('status', 'in', unfinished)
      .where((eb) => eb.or([eb('lease_until_ms', '<=', nowMs), eb('owner', '=', owner)]))
      .where((eb) =>
        eb.or([
          eb('wake_at_ms', 'is', null),
          eb('wake_at_ms', '<=', nowMs + earlyWakeMs),
          eb('cancel_requested', '=', 1),
        ]),
      )
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const records = await this.#database
      .selectFrom('action_record')
      .selectAll()
      .where('run_id', '=', runId)
      .orderBy('sequence')
      .execute();
    const [run = fromRunRow(row, () => undefined)] = await this.#readRuns([row]);
    const actions = await this.#readActions(records);
    const signals = await this.pendingSignals(runId);
    return { run, lease: { runId, epoch: row.epoch }, actions, cancelRequested: row.cancel_requested === 1, signals };
  }

  async putSignal(signal: RunSignal): Promise<SignalReceipt> {
    // What this process has appended about the action may still be on its way.
    await this.settle();
    return this.#database.transaction().execute(async (transaction) => {
      const blobs = new Map<string, string>();
      const payload = this.#blobs.pack(signal.payload, (hash, content) => blobs.set(hash, content)) ?? 'null';
      const run = await transaction
        .selectFrom('run')
        .select('run_id')
        .where('run_id', '=', signal.runId)
        .forUpdate()
        .executeTakeFirst();
      if (run === undefined) return 'unexpected';
      const receipt = await putSignal(transaction, { ...signal, payload });
      if (receipt === 'taken') await insertBlobs(transaction, blobs);
      return receipt;
    });
  }

  async pendingSignals(runId: string): Promise<readonly RunSignal[]> {
    const rows = await this.#database
      .selectFrom('run_signal')
      .selectAll()
      .where('run_id', '=', runId)
      .where('is_consumed', '=', 0)
      .execute();
    const unpack = await this.#openBlobsOf(rows.map((row) => row.payload));
    return rows.map((row) => fromSignalRow(row, unpack));
  }

  async renew(owner: string, leaseUntilMs: number): Promise<void> {
    await this.#database
      .updateTable('run')
      .set({ lease_until_ms: leaseUntilMs })
      .where('owner', '=', owner)
      .where('lease_until_ms', '>', this.#nowMs())
      .where('wake_at_ms', 'is', null)
      .where('status', 'in', unfinished)
      .execute();
  }

  async due(nowMs: number, limit: number): Promise<readonly string[]> {
    const rows = await this.#database
      .selectFrom('run')
      .select('run_id')
      .where('status', 'in', unfinished)
      .where(dueTime, '<=', nowMs)
      .orderBy(dueTime)
      .orderBy('run_id', 'desc')
      .limit(limit)
      .execute();
    return rows.map((row) => row.run_id);
  }

  async nextDueMs(): Promise<number | undefined> {
    const row = await this.#database
      .selectFrom('run')
      .select(sql<number | null>`min(${dueTime})`.as('due'))
      .where('status', 'in', unfinished)
      .executeTakeFirst();
    return row?.due ?? undefined;
  }

  async sleeping({ after, untilMs, limit }: SleepRange): Promise<readonly SleepingRun[]> {
    const { rows } = await sql<{ readonly run_id: string; readonly wake_at_ms: number }>`
      select run_id, wake_at_ms from run where status in ('Running', 'Waiting')
        and (wake_at_ms, run_id) > (${after.wakeAtMs}, ${after.runId}) and wake_at_ms <= ${untilMs}
      order by wake_at_ms, run_id limit ${limit}`.execute(this.#database);
    return rows.map((row) => ({ runId: row.run_id, wakeAtMs: row.wake_at_ms }));
  }

  async requestCancel(runId: string): Promise<boolean> {
    const result = await this.#database
      .updateTable('run')
      .set({ cancel_requested: 1 })
      .where('run_id', '=', runId)
      .where('status', 'in', unfinished)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  async cancelRequested(owner: string): Promise<readonly string[]> {
    const rows = await this.#database
      .selectFrom('run')
      .select('run_id')
      .where('owner', '=', owner)
      .where('wake_at_ms', 'is', null)
      .where('cancel_requested', '=', 1)
      .where('status', 'in', unfinished)
      .execute();
    return rows.map((row) => row.run_id);
  }

  async answered(runIds: readonly string[]): Promise<readonly string[]> {
    if (runIds.length === 0) return [];
    const rows = await this.#database
      .selectFrom('run')
      .select('run_id')
      .where('run_id', 'in', runIds)
      .where((eb) => eb.or([eb('response', 'is not', null), eb('status', 'not in', unfinished)]))
      .execute();
    return rows.map((row) => row.run_id);
  }

  async findRun(runId: string): Promise<RunRecord | undefined> {
    const rows = await this.#database.selectFrom('run').selectAll().where('run_id', '=', runId).execute();
    return (await this.#readRuns(rows))[0];
  }

  async listRuns(query: RunQuery): Promise<readonly RunRecord[]> {
    let select = this.#database.selectFrom('run').selectAll().where('flow_id', '=', query.flowId);
    if (query.status !== undefined)
      select = select.where('status', 'in', query.status.length === 0 ? ['none'] : query.status);
    if (query.startedFrom !== undefined) select = select.where('start_time', '>=', query.startedFrom);
    if (query.startedBefore !== undefined) select = select.where('start_time', '<', query.startedBefore);
    if (query.after !== undefined) select = select.where('run_id', '>', query.after);
    return this.#readRuns(await select.orderBy('run_id').limit(query.limit).execute());
  }

  async findAction({ runId, action, iteration }: RunPlace): Promise<ActionRecord | undefined> {
    const rows = await this.#database
      .selectFrom('action_record')
      .selectAll()
      .where('run_id', '=', runId)
      .where('action', '=', action)
      .where('iteration', '=', iteration)
      .execute();
    return (await this.#readActions(rows))[0];
  }

  async listActions(runId: string, action?: string): Promise<readonly ActionRecord[]> {
    const select = this.#database.selectFrom('action_record').selectAll().where('run_id', '=', runId);
    const narrowed = action === undefined ? select.where('iteration', '=', '') : select.where('action', '=', action);
    return this.#readActions(await narrowed.orderBy('sequence').execute());
  }

  async #readRuns(rows: readonly RunTable[]): Promise<readonly RunRecord[]> {
    const unpack = await this.#openBlobsOf(rows.flatMap((row) => [row.trigger, row.outputs, row.response]));
    return rows.map((row) => fromRunRow(row, unpack));
  }

  async #readActions(rows: readonly ActionRecordTable[]): Promise<readonly ActionRecord[]> {
    const unpack = await this.#openBlobsOf(rows.flatMap((row) => [row.inputs, row.outputs]));
    return rows.map((row) => fromActionRow(row, unpack));
  }

  async #openBlobsOf(texts: readonly (string | null)[]): Promise<(text: string | null) => string | undefined> {
    const hashes = [...new Set(blobHashes(texts))];
    const rows =
      hashes.length === 0
        ? []
        : await this.#database.selectFrom('blob').selectAll().where('hash', 'in', hashes).execute();
    const contents = new Map(rows.map((row) => [row.hash, row.content]));
    return (text) => this.#blobs.unpack(text, (hash) => contents.get(hash));
  }
}

/** A sleeping run is due at its time, or at once when someone wants it stopped; one in hand, when its lease runs out. */
const dueTime = sql<number>`(case when wake_at_ms is null then lease_until_ms when cancel_requested = 1 then 0 else wake_at_ms end)`;

/** PostgreSQL's class 23 code for a unique constraint. */
function isUniqueViolation(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === '23505';
}

function settle(pending: Pending, error: unknown): void {
  if (error === undefined) pending.resolve();
  else pending.reject(error);
}

function keepLast(records: Map<string, ActionRecordTable>, row: ActionRecordTable): void {
  records.set(`${row.run_id}/${row.iteration}/${row.action}`, row);
}

function changesByRun(batch: readonly Pending[]): ReadonlyMap<string, Partial<RunTable>> {
  const changes = new Map<string, Partial<RunTable>>();
  for (const { lease, entries } of batch)
    changes.set(lease.runId, { ...changes.get(lease.runId), ...foldRunChanges(entries) });
  return changes;
}

/** The gates that the runs which have ended leave. */
function gatesLeft(batch: readonly Pending[], gates: ReadonlyMap<string, string>): ReadonlySet<string> {
  const left = new Set<string>();
  for (const { lease, entries } of batch) {
    const gate = gates.get(lease.runId);
    if (gate !== undefined && entries.some(({ kind }) => kind === 'run-finished')) left.add(gate);
  }
  return left;
}

async function isTaken(transaction: Transaction<Database>, uniqueKey: string): Promise<boolean> {
  const row = await transaction
    .selectFrom('run')
    .select('run_id')
    .where('unique_key', '=', uniqueKey)
    .executeTakeFirst();
  return row !== undefined;
}

async function takenKeys(transaction: Transaction<Database>, batch: readonly Pending[]): Promise<Set<string>> {
  const keys = batch.flatMap(({ entries: [first] }) =>
    first?.kind === 'run-started' && first.uniqueKey !== undefined ? [first.uniqueKey] : [],
  );
  if (keys.length === 0) return new Set();
  const rows = await transaction.selectFrom('run').select('unique_key').where('unique_key', 'in', keys).execute();
  return new Set(rows.flatMap((row) => (row.unique_key === null ? [] : [row.unique_key])));
}

async function insertBlobs(transaction: Transaction<Database>, blobs: ReadonlyMap<string, string>): Promise<void> {
  for (const [hash, content] of blobs) {
    await transaction
      .insertInto('blob')
      .values({ hash, content })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

async function insertRuns(transaction: Transaction<Database>, rows: readonly RunTable[]): Promise<void> {
  for (let start = 0; start < rows.length; start += maxRowsPerStatement) {
    await transaction
      .insertInto('run')
      .values(rows.slice(start, start + maxRowsPerStatement))
      .execute();
  }
}

async function upsertActions(transaction: Transaction<Database>, rows: readonly ActionRecordTable[]): Promise<void> {
  const replaced = actionColumns.filter(
    (column) => column !== 'run_id' && column !== 'action' && column !== 'iteration',
  );
  for (let start = 0; start < rows.length; start += maxRowsPerStatement) {
    await transaction
      .insertInto('action_record')
      .values(rows.slice(start, start + maxRowsPerStatement))
      .onConflict((conflict) =>
        conflict
          .columns(['run_id', 'action', 'iteration'])
          .doUpdateSet((eb) => Object.fromEntries(replaced.map((column) => [column, eb.ref(`excluded.${column}`)]))),
      )
      .execute();
  }
}

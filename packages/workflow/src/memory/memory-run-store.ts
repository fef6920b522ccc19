import type {
  ActionRecord,
  Admission,
  ClaimedRun,
  Clock,
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
} from '../contract.ts';
import { earlyWakeMs } from '../early-wake.ts';
import { DuplicateRunError, FencedError } from '../failures.ts';
import { compareInHistory, summarizeRun } from '../run-summary.ts';
import { apply, dueMs, type Held, heldRun, isFinished, keyOf, pendingOf, waitingRun } from './held-run.ts';

/**
 * A run store in memory: for `kind: Stateless` flows, for the command line and for tests. `keepsFinished: false` forgets a run with its
 * end.
 */
export function createMemoryRunStore(
  clock: Pick<Clock, 'nowMs'>,
  options: { readonly keepsFinished?: boolean } = {},
): RunStore {
  return new MemoryRunStore(clock, options.keepsFinished ?? true);
}

class MemoryRunStore implements RunStore {
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #keepsFinished: boolean;
  readonly #runs = new Map<string, Held>();
  /** Ids of runs. */
  readonly #uniqueKeys = new Map<string, string>();

  constructor(clock: Pick<Clock, 'nowMs'>, keepsFinished: boolean) {
    this.#clock = clock;
    this.#keepsFinished = keepsFinished;
  }

  async append(lease: Lease, entries: readonly RunEntry[]): Promise<void> {
    const started = entries[0]?.kind === 'run-started' ? entries[0] : undefined;
    if (started === undefined) {
      if (this.#runs.get(lease.runId)?.epoch !== lease.epoch) throw new FencedError(lease.runId);
    } else {
      const { uniqueKey } = started;
      if (uniqueKey !== undefined && this.#uniqueKeys.has(uniqueKey)) throw new DuplicateRunError(uniqueKey);
      if (this.#runs.has(lease.runId)) throw new FencedError(lease.runId);
      if (uniqueKey !== undefined) this.#uniqueKeys.set(uniqueKey, lease.runId);
      this.#runs.set(lease.runId, heldRun(started, lease.epoch));
    }
    const held = this.#runs.get(lease.runId);
    if (held === undefined) return;
    for (const entry of entries) {
      if (entry.kind === 'signal-sent') this.#put(entry.signal);
      else apply(held, entry);
    }
    if (!isFinished(held.run)) return;
    if (!this.#keepsFinished) this.#runs.delete(lease.runId);
    if (held.run.gate !== undefined) this.#openGate(held.run.gate);
  }

  async admit(started: Extract<RunEntry, { kind: 'run-started' }>, gate: RunGate): Promise<Admission> {
    const { run, uniqueKey } = started;
    if (uniqueKey !== undefined && this.#uniqueKeys.has(uniqueKey)) throw new DuplicateRunError(uniqueKey);
    this.#openGate(gate.key, gate.limit);
    const { inside, waiting } = this.#gate(gate.key);
    const waits = inside >= gate.limit || waiting.length > 0;
    if (waits && waiting.length >= gate.maximumWaiting) return 'full';
    if (uniqueKey !== undefined) this.#uniqueKeys.set(uniqueKey, run.runId);
    this.#runs.set(run.runId, waits ? waitingRun(started, gate.limit) : heldRun(started, 1));
    return waits ? 'waiting' : 'running';
  }

  #gate(key: string): { readonly inside: number; readonly waiting: readonly Held[] } {
    const all = this.#unfinished().filter((held) => held.run.gate === key);
    const waiting = all
      .filter(({ waitsFor, cancelRequested }) => waitsFor !== undefined && !cancelRequested)
      .sort((left, right) => (left.run.runId < right.run.runId ? 1 : -1));
    return { inside: all.filter(({ waitsFor }) => waitsFor === undefined).length, waiting };
  }

  /** Lets in who waits, oldest first, as long as there is room. */
  #openGate(key: string, limit?: number): void {
    const { inside, waiting } = this.#gate(key);
    for (const [index, held] of waiting.entries()) {
      if (inside + index >= (limit ?? held.waitsFor ?? 0)) return;
      held.waitsFor = undefined;
      held.wakeAtMs = 0;
      held.run = { ...held.run, status: 'Running' };
    }
  }

  async claim(runId: string, owner: string, leaseUntilMs: number): Promise<ClaimedRun | undefined> {
    const held = this.#runs.get(runId);
    if (held === undefined || isFinished(held.run)) return undefined;
    const isLive = held.leaseUntilMs > this.#clock.nowMs();
    if (isLive && held.owner !== owner) return undefined;
    if (held.wakeAtMs !== undefined && dueMs(held) > this.#clock.nowMs() + earlyWakeMs) return undefined;
    held.epoch++;
    held.owner = owner;
    held.leaseUntilMs = leaseUntilMs;
    held.wakeAtMs = undefined;
    const actions = await this.listActions(runId);
    const { run, epoch, cancelRequested } = held;
    return { run, lease: { runId, epoch }, actions, cancelRequested, signals: pendingOf(held) };
  }

  async renew(owner: string, leaseUntilMs: number): Promise<void> {
    const nowMs = this.#clock.nowMs();
    for (const held of this.#runs.values()) {
      if (held.owner === owner && held.leaseUntilMs > nowMs && !isFinished(held.run)) held.leaseUntilMs = leaseUntilMs;
    }
  }

  async due(nowMs: number, limit: number): Promise<readonly string[]> {
    return this.#unfinished()
      .filter((held) => dueMs(held) <= nowMs)
      .sort((left, right) => dueMs(left) - dueMs(right) || (left.run.runId < right.run.runId ? 1 : -1))
      .slice(0, limit)
      .map((held) => held.run.runId);
  }

  async nextDueMs(): Promise<number | undefined> {
    const times = this.#unfinished().map(dueMs);
    return times.length === 0 ? undefined : times.reduce((soonest, time) => Math.min(soonest, time));
  }

  async sleeping({ after, untilMs, limit }: SleepRange): Promise<readonly SleepingRun[]> {
    return this.#unfinished()
      .flatMap(({ run: { runId }, wakeAtMs }) => (wakeAtMs === undefined ? [] : [{ runId, wakeAtMs }]))
      .filter((one) => one.wakeAtMs <= untilMs && compareSleep(after, one) < 0)
      .sort(compareSleep)
      .slice(0, limit);
  }

  async requestCancel(runId: string): Promise<boolean> {
    const held = this.#runs.get(runId);
    if (held === undefined || isFinished(held.run)) return false;
    held.cancelRequested = true;
    return true;
  }

  async putSignal(signal: RunSignal): Promise<SignalReceipt> {
    return this.#put(signal);
  }

  async pendingSignals(runId: string): Promise<readonly RunSignal[]> {
    return pendingOf(this.#runs.get(runId));
  }

  #put(signal: RunSignal): SignalReceipt {
    const held = this.#runs.get(signal.runId);
    if (held === undefined || isFinished(held.run)) return 'unexpected';
    if (held.signals.has(signal.signalId)) return 'repeated';
    const status = held.actions.get(keyOf(signal))?.status;
    if (status !== 'Running' && status !== 'Waiting') return 'unexpected';
    held.signals.set(signal.signalId, signal);
    if (held.wakeAtMs !== undefined) held.wakeAtMs = 0;
    return 'taken';
  }

  async cancelRequested(owner: string): Promise<readonly string[]> {
    return this.#unfinished()
      .filter((held) => held.owner === owner && held.wakeAtMs === undefined && held.cancelRequested)
      .map(({ run }) => run.runId);
  }

  async answered(runIds: readonly string[]): Promise<readonly string[]> {
    return runIds.filter((runId) => {
      const run = this.#runs.get(runId)?.run;
      return run !== undefined && (run.response !== undefined || isFinished(run));
    });
  }

  async findRun(runId: string): Promise<RunRecord | undefined> {
    return this.#runs.get(runId)?.run;
  }

  async findRunByKey(uniqueKey: string): Promise<RunRecord | undefined> {
    return this.#runs.get(this.#uniqueKeys.get(uniqueKey) ?? '')?.run;
  }

  async findAction(place: RunPlace): Promise<ActionRecord | undefined> {
    return this.#runs.get(place.runId)?.actions.get(keyOf(place));
  }

  async listRuns(query: RunQuery): Promise<readonly RunRecord[]> {
    return [...this.#runs.values()]
      .map((held) => held.run)
      .filter((run) => isAsked(run, query))
      .sort(compareInHistory)
      .slice(0, query.limit);
  }

  async listRunSummaries(query: RunQuery): Promise<readonly RunSummary[]> {
    return (await this.listRuns(query)).map(summarizeRun);
  }

  async listActions(runId: string, action?: string): Promise<readonly ActionRecord[]> {
    const records = [...(this.#runs.get(runId)?.actions.values() ?? [])];
    return records
      .filter((record) => (action === undefined ? record.iteration === '' : record.action === action))
      .sort((left, right) => left.sequence - right.sequence);
  }

  async tallyActions(runId: string): Promise<readonly RecordTally[]> {
    const tallies = new Map<string, RecordTally>();
    for (const { action, iteration, status, sequence } of this.#runs.get(runId)?.actions.values() ?? []) {
      if (iteration === '') continue;
      const hundred = iteration.slice(0, -2);
      const key = `${hundred}/${status}/${action}`;
      const { count, lastSequence } = tallies.get(key) ?? { count: 0, lastSequence: 0 };
      tallies.set(key, {
        action,
        hundred,
        status,
        count: count + 1,
        lastSequence: Math.max(lastSequence, sequence),
      });
    }
    return [...tallies.values()];
  }

  async readActions({ runId, actions, iterations }: RecordQuery): Promise<readonly ActionRecord[]> {
    const records = this.#runs.get(runId)?.actions;
    return iterations.flatMap((iteration) =>
      actions.flatMap((action) => records?.get(keyOf({ iteration, action })) ?? []),
    );
  }

  #unfinished(): readonly Held[] {
    return [...this.#runs.values()].filter((held) => !isFinished(held.run));
  }
}

function compareSleep(left: SleepingRun, right: SleepingRun): number {
  return left.wakeAtMs - right.wakeAtMs || (left.runId < right.runId ? -1 : Number(left.runId > right.runId));
}

function isAsked(run: RunRecord, query: RunQuery): boolean {
  return (
    run.flowId === query.flowId &&
    (query.status === undefined || query.status.includes(run.status)) &&
    (query.startedFrom === undefined || run.startTime >= query.startedFrom) &&
    (query.startedBefore === undefined || run.startTime < query.startedBefore) &&
    (query.after === undefined || compareInHistory(run, query.after) > 0)
  );
}

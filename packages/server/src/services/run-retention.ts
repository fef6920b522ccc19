import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Deletion, EnvironmentRetention, ExpiredRuns, Store } from '@patchbay/store';
import type { EnvironmentService } from './environment-service.ts';

const dayMs = 86_400_000;
/** However many there are, a run is kept so long: who is sent the same event again finds it, and people have time to look. */
const graceMs = 60 * 60 * 1000;
const leaseName = 'retention of runs';
const leaseMs = 60_000;
const sweptSetting = 'contents-swept-at';

/** What is taken away at a time, between which others write. */
const runsAtATime = 50;
const recordsAtATime = 500;
const contentsAtATime = 100;
/** Contents of deleted runs that are remembered; what is more is found by the sweep. */
const mostRemembered = 10_000;

export type RunRetentionOptions = {
  readonly store: Store;
  readonly environments: EnvironmentService;
  readonly nowMs?: () => number;
  /** Between two batches. */
  readonly pauseMs?: number;
  /** Who reads a run that is deleted meanwhile has read its contents by then. */
  readonly contentDelayMs?: number;
};

export type RetentionReport = { readonly runs: number; readonly records: number; readonly contents: number };

/** Deletes runs that have had their time, as their environment says, in small batches; of several processes one at a time. */
export class RunRetention {
  readonly #store: Store;
  readonly #environments: EnvironmentService;
  readonly #nowMs: () => number;
  readonly #pauseMs: number;
  readonly #contentDelayMs: number;
  readonly #owner = randomUUID();

  constructor(options: RunRetentionOptions) {
    this.#store = options.store;
    this.#environments = options.environments;
    this.#nowMs = options.nowMs ?? Date.now;
    this.#pauseMs = options.pauseMs ?? 25;
    this.#contentDelayMs = options.contentDelayMs ?? 5_000;
  }

  /** Once through everything; `undefined`: another process is at it, or the signal ended it. What was done until then stays done. */
  async round(signal: AbortSignal): Promise<RetentionReport | undefined> {
    const round = new Round(signal, this.#pauseMs, () => this.#hold());
    try {
      await round.next();
      for (const { id } of await this.#environments.list()) {
        const rule = await this.#environments.retention(id);
        for (const flow of await this.#store.flows.list(id)) await this.#deleteOf(flow.id, rule, round);
      }
      await this.#purge(round);
      await this.#drop(round);
      return round.report();
    } catch (error) {
      if (error instanceof RoundEnded) return undefined;
      throw error;
    } finally {
      await this.#store.leases.release(leaseName, this.#owner);
    }
  }

  #hold(): Promise<boolean> {
    const nowMs = this.#nowMs();
    return this.#store.leases.take(leaseName, this.#owner, nowMs, nowMs + leaseMs);
  }

  async #deleteOf(flowId: string, { days, runsPerFlow }: EnvironmentRetention, round: Round): Promise<void> {
    const nowMs = this.#nowMs();
    if (days > 0) await this.#deleteExpired({ flowId, endedBefore: timestamp(nowMs - days * dayMs) }, round);
    if (runsPerFlow === 0) return;
    const from = await this.#store.retention.findBehind(flowId, runsPerFlow);
    if (from !== undefined) await this.#deleteExpired({ flowId, endedBefore: timestamp(nowMs - graceMs), from }, round);
  }

  async #deleteExpired(expired: ExpiredRuns, round: Round): Promise<void> {
    for (;;) {
      const deleted = await this.#store.retention.deleteRuns(expired, runsAtATime);
      round.runs += deleted.count;
      round.remember(deleted);
      if (deleted.count === 0) return;
      await round.next();
    }
  }

  async #purge(round: Round): Promise<void> {
    for (;;) {
      const purged = await this.#store.retention.purgeRecords(recordsAtATime);
      round.records += purged.count;
      round.remember(purged);
      if (purged.count === 0) return;
      await round.next();
    }
  }

  async #drop(round: Round): Promise<void> {
    const { retention, settings } = this.#store;
    const inDoubt = round.contentsInDoubt;
    if (inDoubt.length > 0) await round.next(this.#contentDelayMs);
    for (let start = 0; start < inDoubt.length; start += contentsAtATime) {
      round.contents += await retention.dropContents(inDoubt.slice(start, start + contentsAtATime));
      await round.next();
    }
    const nowMs = this.#nowMs();
    const sweptAtMs = Number((await settings.find(sweptSetting)) ?? 0);
    if (nowMs - sweptAtMs < dayMs) return;
    await this.#sweep(round);
    await settings.put(sweptSetting, String(nowMs));
  }

  /** Records that were replaced, flows that were deleted, and rounds that were cut off leave contents of which nobody knows any more. */
  async #sweep(round: Round): Promise<void> {
    let after = '';
    for (;;) {
      const hashes = await this.#store.retention.listContents(after, contentsAtATime);
      round.contents += await this.#store.retention.dropContents(hashes);
      const last = hashes.at(-1);
      if (last === undefined) return;
      after = last;
      await round.next();
    }
  }
}

class RoundEnded extends Error {}

/** What one round has done, and whether it may go on. */
class Round {
  runs = 0;
  records = 0;
  contents = 0;
  readonly #signal: AbortSignal;
  readonly #pauseMs: number;
  readonly #hold: () => Promise<boolean>;
  readonly #contents = new Set<string>();

  constructor(signal: AbortSignal, pauseMs: number, hold: () => Promise<boolean>) {
    this.#signal = signal;
    this.#pauseMs = pauseMs;
    this.#hold = hold;
  }

  get contentsInDoubt(): readonly string[] {
    return [...this.#contents];
  }

  remember({ contents }: Deletion): void {
    for (const hash of contents) if (this.#contents.size < mostRemembered) this.#contents.add(hash);
  }

  /** Lets others write, and ends the round where it must. */
  async next(pauseMs = this.#pauseMs): Promise<void> {
    await setTimeout(pauseMs, undefined, { signal: this.#signal }).catch(() => undefined);
    if (this.#signal.aborted || !(await this.#hold())) throw new RoundEnded();
  }

  report(): RetentionReport {
    return { runs: this.runs, records: this.records, contents: this.contents };
  }
}

function timestamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, -1)}0000Z`;
}

import type { Lease, RunEntry } from '@patchbay/workflow';
import type { StoreError } from '../errors.ts';
import { isOutage } from '../outage.ts';
import { isUniqueViolation } from './unique-violation.ts';

const maxEntriesPerCommit = 2000;
/** How soon a database that took no writes is tried again. */
const retryMs = 1_000;

/** An append that nobody has answered yet. */
export type PendingAppend = {
  readonly lease: Lease;
  readonly entries: readonly RunEntry[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

/** One transaction; answers which appends were refused, and why. Nothing of a refused one was written. */
export type CommitAppends = (batch: readonly PendingAppend[]) => Promise<ReadonlyMap<PendingAppend, Error>>;

/**
 * Group commit: the appends that gather while a transaction is under way go into the next one together. While the database takes no writes
 * (its disk is full), what runs have recorded waits and is tried again in its order; runs that are to start are refused at once.
 */
export class AppendQueue {
  readonly #commit: CommitAppends;
  #outage: StoreError | undefined;
  #wake: (() => void) | undefined;
  #isClosing = false;
  #queue: PendingAppend[] = [];
  #inHand: readonly PendingAppend[] = [];
  #flushing: Promise<void> | undefined;

  constructor(commit: CommitAppends) {
    this.#commit = commit;
  }

  append(lease: Lease, entries: readonly RunEntry[]): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#outage !== undefined && !this.#mayWait({ entries })) {
        reject(this.#outage);
        return;
      }
      this.#queue.push({ lease, entries, resolve, reject });
      this.#flushing ??= this.#flushAll();
    });
  }

  /** Whether something of the run is queued or under way. */
  holds(runId: string): boolean {
    return [...this.#inHand, ...this.#queue].some(({ lease }) => lease.runId === runId);
  }

  /** Waits until nothing is queued or under way; throws while the database takes no writes. */
  async settle(): Promise<void> {
    if (this.#outage !== undefined) throw this.#outage;
    await this.#flushing;
  }

  /** Commits what was appended so far, or refuses it where the database takes no writes. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#wake?.();
    await this.#flushing;
  }

  async #flushAll(): Promise<void> {
    await new Promise(setImmediate);
    while (this.#queue.length > 0) {
      const batch = this.#takeBatch();
      this.#inHand = batch;
      try {
        const refused = await this.#commit(batch);
        this.#outage = undefined;
        for (const pending of batch) settle(pending, refused.get(pending));
      } catch (error) {
        if (isOutage(error)) await this.#suspend(error, batch);
        else {
          this.#outage = undefined;
          await this.#commitOneByOne(batch, error);
        }
      }
    }
    this.#inHand = [];
    this.#flushing = undefined;
  }

  /** Records of runs wait a while, with those that were in hand first; the rest is refused. */
  async #suspend(outage: StoreError, batch: readonly PendingAppend[]): Promise<void> {
    const waiting = [...batch, ...this.#queue];
    this.#queue = waiting.filter((pending) => this.#mayWait(pending));
    this.#inHand = [];
    // With nothing to try again, the next append finds out how things are.
    this.#outage = this.#queue.length > 0 ? outage : undefined;
    for (const pending of waiting) if (!this.#mayWait(pending)) pending.reject(outage);
    if (this.#queue.length === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, retryMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** What a run has done must not be forgotten; whoever asks for something new can be told. */
  #mayWait({ entries }: Pick<PendingAppend, 'entries'>): boolean {
    return !this.#isClosing && entries[0]?.kind !== 'run-started';
  }

  #takeBatch(): readonly PendingAppend[] {
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

  async #commitOneByOne(batch: readonly PendingAppend[], failure: unknown): Promise<void> {
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
}

function settle(pending: PendingAppend, error: unknown): void {
  if (error === undefined) pending.resolve();
  else pending.reject(error);
}

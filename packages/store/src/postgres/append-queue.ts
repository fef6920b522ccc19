import type { Lease, RunEntry } from '@patchbay/workflow';
import { isUniqueViolation } from './unique-violation.ts';

const maxEntriesPerCommit = 2000;

/** An append that nobody has answered yet. */
export type PendingAppend = {
  readonly lease: Lease;
  readonly entries: readonly RunEntry[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

/** One transaction; answers which appends were refused, and why. Nothing of a refused one was written. */
export type CommitAppends = (batch: readonly PendingAppend[]) => Promise<ReadonlyMap<PendingAppend, Error>>;

/** Group commit: the appends that gather while a transaction is under way go into the next one together. */
export class AppendQueue {
  readonly #commit: CommitAppends;
  #queue: PendingAppend[] = [];
  #inHand: readonly PendingAppend[] = [];
  #flushing: Promise<void> | undefined;

  constructor(commit: CommitAppends) {
    this.#commit = commit;
  }

  append(lease: Lease, entries: readonly RunEntry[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ lease, entries, resolve, reject });
      this.#flushing ??= this.#flushAll();
    });
  }

  /** Whether something of the run is queued or under way. */
  holds(runId: string): boolean {
    return [...this.#inHand, ...this.#queue].some(({ lease }) => lease.runId === runId);
  }

  /** Waits until nothing is queued or under way. */
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

import { Worker } from 'node:worker_threads';
import { StoreError } from '../errors.ts';
import { type Outage, outageError } from '../outage.ts';
import type { RunWrite, RunWriteOutcome } from './run-write.ts';

/** A group holds at most so many characters, or one write: what is copied to the thread stays small. */
const maxCharactersPerGroup = 8_000_000;
/** How soon a file that took no writes is tried again. */
const retryMs = 1_000;
/** What a write takes besides its texts, in characters. */
const charactersPerWrite = 200;

export type WriterStart = { readonly path: string; readonly blobThresholdBytes: number };

export type WriterMessage = readonly RunWrite[] | 'close';

/** What became of a write that did not fail. */
type Done = Exclude<RunWriteOutcome, { readonly kind: 'failed' }>;

type Pending = {
  readonly write: RunWrite;
  readonly resolve: (outcome: Done) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Brings writes to the thread that writes runs, in order and in groups: what is written in one turn of the event loop is one transaction,
 * and so is what gathers while the one before is being committed. The first write starts the thread. One that ends unbidden fails what it
 * had in hand; the next write starts another.
 *
 * While the file takes no writes (its disk is full), what runs have recorded waits here and is tried again in its order; everything else,
 * a run that is to start above all, is refused at once.
 */
export class RunWriteQueue {
  readonly #start: WriterStart;
  #waiting: Pending[] = [];
  #inHand: readonly Pending[] = [];
  #thread: Worker | undefined;
  #isPlanned = false;
  #onIdle: (() => void)[] = [];
  /** Why the file takes nothing. */
  #outage: StoreError | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isClosing = false;

  constructor(start: WriterStart) {
    this.#start = start;
  }

  /** Resolves when the outcome is durable; rejects when nothing was written because of a failure. */
  write(write: RunWrite): Promise<Done> {
    return new Promise((resolve, reject) => {
      if (this.#outage !== undefined && !this.#mayWait(write)) {
        reject(this.#outage);
        return;
      }
      this.#waiting.push({ write, resolve, reject });
      if (this.#isPlanned || this.#inHand.length > 0) return;
      this.#isPlanned = true;
      setImmediate(() => {
        this.#isPlanned = false;
        this.#post();
      });
    });
  }

  /** Commits what was written so far, or refuses it where the file takes no writes, and ends the thread. */
  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.#outage !== undefined) this.#suspend(this.#outage, []);
    while (this.#waiting.length > 0 || this.#inHand.length > 0) {
      await new Promise<void>((resolve) => this.#onIdle.push(resolve));
    }
    const thread = this.#thread;
    if (thread === undefined) return;
    thread.ref();
    const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
    const message: WriterMessage = 'close';
    thread.postMessage(message);
    await ended;
  }

  #post(): void {
    if (this.#inHand.length > 0 || this.#retry !== undefined) return;
    if (this.#waiting.length === 0) {
      this.#thread?.unref();
      for (const resolve of this.#onIdle.splice(0)) resolve();
      return;
    }
    this.#inHand = this.#takeGroup();
    this.#thread ??= this.#startThread();
    this.#thread.ref();
    const message: WriterMessage = this.#inHand.map(({ write }) => write);
    this.#thread.postMessage(message);
  }

  #takeGroup(): readonly Pending[] {
    let characters = 0;
    let end = 0;
    for (const { write } of this.#waiting) {
      characters += sizeOf(write);
      if (end > 0 && characters > maxCharactersPerGroup) break;
      end += 1;
    }
    return this.#waiting.splice(0, end);
  }

  #startThread(): Worker {
    const thread = new Worker(new URL('./run-writer-thread.ts', import.meta.url), {
      name: 'run-writer',
      workerData: this.#start,
    });
    let cause: unknown;
    thread.on('message', (outcomes: readonly RunWriteOutcome[]) => this.#settle(outcomes));
    thread.on('error', (error) => {
      cause = error;
    });
    thread.on('exit', () => {
      this.#thread = undefined;
      this.#fail(cause);
    });
    thread.unref();
    return thread;
  }

  #settle(outcomes: readonly RunWriteOutcome[]): void {
    const settled = this.#inHand;
    this.#inHand = [];
    const [first] = outcomes;
    if (first?.kind === 'failed' && first.outage !== undefined) {
      this.#suspend(this.#outageError(first.outage, first.error), settled);
      return;
    }
    this.#outage = undefined;
    for (const [index, { resolve, reject }] of settled.entries()) {
      const outcome = outcomes[index];
      if (outcome === undefined) reject(new StoreError('store-unreachable', 'The outcome of a write is not known.'));
      else if (outcome.kind === 'failed') reject(outcome.error);
      else resolve(outcome);
    }
    this.#post();
  }

  /** Records of runs wait, with those that were in hand first; the rest is refused. */
  #suspend(outage: StoreError, inHand: readonly Pending[]): void {
    const waiting = [...inHand, ...this.#waiting];
    this.#waiting = waiting.filter(({ write }) => this.#mayWait(write));
    for (const { write, reject } of waiting) if (!this.#mayWait(write)) reject(outage);
    clearTimeout(this.#retry);
    this.#retry = undefined;
    // With nothing to try again, the next write finds out how things are.
    this.#outage = this.#waiting.length > 0 ? outage : undefined;
    if (this.#waiting.length > 0) {
      this.#retry = setTimeout(() => {
        this.#retry = undefined;
        this.#post();
      }, retryMs);
    }
    this.#post();
  }

  /** What a run has done must not be forgotten; whoever asks for something new can be told. */
  #mayWait(write: RunWrite): boolean {
    return !this.#isClosing && write.kind === 'append' && write.run === undefined;
  }

  #outageError(outage: Outage, cause: unknown): StoreError {
    return outageError(outage, this.#start.path, cause);
  }

  /** Whether the thread still committed what it had in hand is not known: to who waits it is as if the process had ended. */
  #fail(cause: unknown): void {
    const failed = this.#inHand;
    this.#inHand = [];
    const reason = cause instanceof Error ? cause.message : 'it ended by itself';
    const message = `The thread that writes runs to ${this.#start.path} has failed: ${reason}. Look at the disk and the memory of the machine; unfinished runs go on when their leases end.`;
    for (const { reject } of failed) reject(new StoreError('store-unreachable', message, { cause }));
    this.#post();
  }
}

function sizeOf(write: RunWrite): number {
  if (write.kind === 'put-signal') return charactersPerWrite + write.signal.payload.length;
  if (write.kind !== 'append' && write.kind !== 'admit') return charactersPerWrite;
  let characters = charactersPerWrite;
  if (write.kind === 'append') for (const { payload } of write.sent ?? []) characters += payload.length;
  const rows = write.kind === 'append' ? [write.run, write.change?.values] : [write.running, write.waiting];
  for (const values of [...rows, write.actions]) {
    for (const value of values ?? []) if (typeof value === 'string') characters += value.length;
  }
  return characters;
}

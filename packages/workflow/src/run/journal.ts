import { stringify } from '@patchbay/expression';
import type { ActionRecord, Clock, Lease, RunEntry, RunSignal, RunStore } from '../contract.ts';
import type { Activity } from './activity.ts';

/** Characters of what actions took and gave that are appended without waiting for the run to pause. */
const batchCharacters = 2_000_000;

/** Where it is said, and how many facts are appended without waiting for the run to pause. */
type JournalHost = { readonly clock: Clock; readonly store: RunStore; readonly recordsAtATime: number };

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * What a run has to tell its store. Records are made when they are written, so a record that changes several times before the next
 * append is written once; what must wait for durability is called back after the append that holds everything before it.
 */
export class Journal {
  readonly #clock: Clock;
  readonly #store: RunStore;
  readonly #lease: Lease;
  readonly #batchSize: number;
  #facts: (Activity | RunEntry)[] = [];
  #whenDurable: ((askedMs: number) => void)[] = [];
  #whenAppended: (() => void)[] = [];
  #characters = 0;
  #batch = 0;
  #sequence: number;
  #appendsInFlight = 0;

  constructor(host: JournalHost, lease: Lease, lastSequence: number) {
    this.#clock = host.clock;
    this.#store = host.store;
    this.#batchSize = host.recordsAtATime;
    this.#lease = lease;
    this.#sequence = lastSequence;
  }

  /** Facts that are not appended yet. */
  get size(): number {
    return this.#facts.length;
  }

  /** Whether what was said should be appended before more is. */
  get isFull(): boolean {
    return this.#facts.length >= this.#batchSize || this.#characters >= batchCharacters;
  }

  /** Whether something waits for what was said to be durable. */
  get isAwaited(): boolean {
    return this.#whenDurable.length > 0;
  }

  get appendsInFlight(): number {
    return this.#appendsInFlight;
  }

  /** This activity's record is to be written. */
  mark(activity: Activity): void {
    activity.sequence = ++this.#sequence;
    if (activity.isDone) {
      const { inputs, outputs } = activity.texts(stringify);
      this.#characters += (inputs?.length ?? 0) + (outputs?.length ?? 0);
    }
    if (activity.batch === this.#batch) return;
    activity.batch = this.#batch;
    this.#facts.push(activity);
  }

  add(entry: RunEntry): void {
    this.#facts.push(entry);
  }

  /** Says that a signal goes to another run; calls back when that is durable. */
  send(signal: RunSignal | undefined, onSent: (signal: RunSignal) => void): void {
    if (signal === undefined) return;
    this.add({ kind: 'signal-sent', runId: this.#lease.runId, signal });
    this.whenDurable(() => onSent(signal));
  }

  /** Calls back when everything said so far is durable, with the time at which the store was asked: the run was this process's then. */
  whenDurable(callback: (askedMs: number) => void): void {
    this.#whenDurable.push(callback);
  }

  /** Calls back when the next append is over. */
  whenAppended(callback: () => void): void {
    this.#whenAppended.push(callback);
  }

  /** Appends what was said; `onFailure` when the store refuses, after which nothing more may be said. */
  flush(onFailure: (error: unknown) => void): void {
    if (this.#facts.length === 0 && this.#whenDurable.length === 0) return;
    const entries = this.#facts.map((fact) =>
      'isDone' in fact ? { kind: 'action' as const, record: this.#record(fact) } : fact,
    );
    const callbacks = this.#whenDurable;
    this.#facts = [];
    this.#whenDurable = [];
    this.#characters = 0;
    this.#batch++;
    this.#appendsInFlight++;
    const askedMs = this.#clock.nowMs();
    this.#store.append(this.#lease, entries).then(
      () => {
        this.#appendsInFlight--;
        const appended = this.#whenAppended;
        this.#whenAppended = [];
        for (const callback of callbacks) callback(askedMs);
        for (const callback of appended) callback();
      },
      (error: unknown) => {
        this.#appendsInFlight--;
        onFailure(error);
      },
    );
  }

  #record(activity: Activity): ActionRecord {
    const { inputs, outputs } = activity.texts(stringify);
    const record: Mutable<ActionRecord> = {
      runId: this.#lease.runId,
      action: activity.action.name,
      iteration: activity.frame.iteration,
      sequence: activity.sequence,
      status: activity.status,
      startTime: activity.startTime,
      trackingId: activity.trackingId,
    };
    if (activity.code !== undefined) record.code = activity.code;
    if (activity.error !== undefined) record.error = activity.error;
    if (inputs !== undefined) record.inputs = inputs;
    if (outputs !== undefined) record.outputs = outputs;
    if (activity.endTime !== undefined) record.endTime = activity.endTime;
    if (activity.trackedProperties !== undefined) record.trackedProperties = stringify(activity.trackedProperties);
    if (activity.retryHistory !== undefined) record.retryHistory = [...activity.retryHistory];
    if (activity.repetitionCount !== undefined) record.repetitionCount = activity.repetitionCount;
    if (activity.intent !== undefined && !activity.isDone) record.intent = activity.intent;
    if (activity.wakeAtMs !== undefined && activity.status === 'Waiting') record.wakeAtMs = activity.wakeAtMs;
    if (activity.waitState !== undefined && !activity.isDone) record.waitState = activity.waitState;
    return record;
  }
}

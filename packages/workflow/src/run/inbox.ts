import type { RunSignal } from '../contract.ts';
import { type Activity, recordKey } from './activity.ts';
import type { Journal } from './journal.ts';

/** The signals to a run that have not been used up, and the activities that wait for some. */
export class Inbox {
  readonly #runId: string;
  readonly #journal: Journal;
  readonly #onSignal: (activity: Activity) => void;
  /** By the key of the action's record. */
  readonly #pending = new Map<string, RunSignal[]>();
  readonly #known = new Set<string>();
  readonly #listening = new Map<string, Activity>();

  constructor(runId: string, journal: Journal, onSignal: (activity: Activity) => void) {
    this.#runId = runId;
    this.#journal = journal;
    this.#onSignal = onSignal;
  }

  /** Whether an activity waits for a signal. */
  get isListening(): boolean {
    for (const [key, activity] of this.#listening) if (activity.isDone) this.#listening.delete(key);
    return this.#listening.size > 0;
  }

  /** Hands over signals that are durable; one that was handed over before counts for nothing. */
  deliver(signals: readonly RunSignal[]): void {
    for (const signal of signals) {
      if (this.#known.has(signal.signalId)) continue;
      this.#known.add(signal.signalId);
      const key = recordKey(signal.action, signal.iteration);
      const pending = this.#pending.get(key);
      if (pending === undefined) this.#pending.set(key, [signal]);
      else pending.push(signal);
      const activity = this.#listening.get(key);
      if (activity !== undefined && !activity.isDone) this.#onSignal(activity);
    }
  }

  /** From now on the activity is told of signals; of those that came before at once. */
  listen(activity: Activity): void {
    const key = keyOf(activity);
    this.#listening.set(key, activity);
    if (this.#pending.has(key)) this.#onSignal(activity);
  }

  /** Takes a signal; it is used up with what is said of the activity next. */
  take(activity: Activity): RunSignal | undefined {
    const key = keyOf(activity);
    const pending = this.#pending.get(key);
    const signal = pending?.shift();
    if (signal === undefined) return undefined;
    if (pending?.length === 0) this.#pending.delete(key);
    this.#consume(signal);
    return signal;
  }

  /** Uses up what nobody waits for, so that it keeps nobody awake. */
  dropUnheard(): void {
    for (const [key, signals] of this.#pending) {
      const activity = this.#listening.get(key);
      if (activity !== undefined && !activity.isDone) continue;
      this.#pending.delete(key);
      for (const signal of signals) this.#consume(signal);
    }
  }

  #consume({ signalId }: RunSignal): void {
    this.#journal.add({ kind: 'signal-consumed', runId: this.#runId, signalId });
  }
}

function keyOf({ action, frame }: Activity): string {
  return recordKey(action.name, frame.iteration);
}

import type { Clock, TriggerNote, WatchStore } from '../contract.ts';
import type { EngineLogger, FireResult } from './engine-contract.ts';

/** Notes of one kind about one trigger are this far apart: a caller that is turned away a thousand times a second is told of once. */
const apartMs = 1_000;
const maximumRemembered = 10_000;

/** Keeps in a trigger's history that it did not fire although it was its time, or somebody called. */
export class TriggerNotes {
  readonly #clock: Clock;
  readonly #store: Pick<WatchStore, 'note'> | undefined;
  readonly #logger: EngineLogger;
  readonly #lastMs = new Map<string, number>();

  constructor(clock: Clock, store: Pick<WatchStore, 'note'> | undefined, logger: EngineLogger) {
    this.#clock = clock;
    this.#store = store;
    this.#logger = logger;
  }

  /** Never rejects: history is not worth a failed event. */
  async tell(flowId: string, trigger: string, { reason }: FireResult): Promise<void> {
    if (reason === undefined || reason.code === 'Duplicate' || this.#store === undefined) return;
    const { code, message } = reason;
    const atMs = this.#clock.nowMs();
    if (!this.#isDue(`${flowId}/${trigger}/${code}`, atMs)) return;
    const status = code === 'InvalidInput' || code === 'InvalidTemplate' ? 'Failed' : 'Skipped';
    const note: TriggerNote = { flowId, trigger, atMs, event: 'fire', status, code, message };
    try {
      await this.#store.note(note);
    } catch (error) {
      this.#logger.warn({ err: error, flowId, trigger }, 'the history of a trigger could not be written');
    }
  }

  #isDue(key: string, nowMs: number): boolean {
    const lastMs = this.#lastMs.get(key);
    if (lastMs !== undefined && nowMs - lastMs < apartMs) return false;
    this.#lastMs.delete(key);
    this.#lastMs.set(key, nowMs);
    const oldest = this.#lastMs.size > maximumRemembered ? this.#lastMs.keys().next().value : undefined;
    if (oldest !== undefined) this.#lastMs.delete(oldest);
    return true;
  }
}

import type { JsonObject, JsonValue } from '@patchbay/definition';
import type { Store } from '@patchbay/store';
import type { Engine, TriggerNote, WatchRecord } from '@patchbay/workflow';
import { PlatformError } from '../errors/platform-error.ts';
import { isObject } from './flow-document.ts';

const shownNotes = 20;

/** How a trigger hears of events, for people to see, to change and to hurry. */
export class WatchService {
  readonly #store: Store;
  readonly #engine: Engine;

  constructor(options: { readonly store: Store; readonly engine: Engine }) {
    this.#store = options.store;
    this.#engine = options.engine;
  }

  /** Oldest first; none for a trigger that no API is watched for. */
  async list(flowId: string, trigger: string): Promise<readonly WatchRecord[]> {
    return (await this.#store.watches.list(flowId)).filter((watch) => watch.trigger === trigger);
  }

  notes(flowId: string, trigger: string): Promise<readonly TriggerNote[]> {
    return this.#store.watches.notes(flowId, trigger, shownNotes);
  }

  /** Puts another state in the place of a poll's; `null`: the next poll is the first again. Throws `WatchNotFound`, `InvalidRequest`, `Conflict`. */
  async changeState(flowId: string, trigger: string, state: JsonObject | null): Promise<void> {
    const poll = await this.#poll(flowId, trigger);
    if (state !== null) checkState(state, poll);
    const { state: _before, ...rest } = poll;
    const next: WatchRecord = state === null ? rest : { ...rest, state: JSON.stringify(state) };
    if ((await this.#store.watches.change(next)) !== undefined) return;
    throw new PlatformError(
      'Conflict',
      'The trigger was polled in the meantime. Read its state again and repeat the change.',
    );
  }

  /** Asks the API now: polls, or tries again what failed. Throws `WatchNotFound`. */
  async check(flowId: string, trigger: string): Promise<void> {
    const watches = await this.list(flowId, trigger);
    if (watches.length === 0) throw notWatched(trigger);
    for (const { watchId } of watches) await this.#engine.checkWatch(watchId);
  }

  async #poll(flowId: string, trigger: string): Promise<WatchRecord> {
    const poll = (await this.list(flowId, trigger)).find(({ kind }) => kind === 'poll');
    if (poll === undefined) throw notWatched(trigger);
    return poll;
  }
}

function notWatched(trigger: string): PlatformError {
  return new PlatformError(
    'WatchNotFound',
    `Nothing is kept for the trigger "${trigger}": it polls no API, or its flow never started.`,
  );
}

/** The credential goes where a poll's state says: a person may leave the place out, but not choose another. */
function checkState(state: JsonObject, { state: before }: WatchRecord): void {
  const { parameters, place, seen, ...others } = state;
  const [other] = Object.keys(others);
  const kept = before === undefined ? undefined : (JSON.parse(before) as JsonObject)['place'];
  const refuse = (message: string): never => {
    throw new PlatformError('InvalidRequest', message);
  };
  if (other !== undefined) refuse(`The state has no member "${other}"; it has parameters, place and seen.`);
  if (place !== undefined && JSON.stringify(place) !== JSON.stringify(kept))
    refuse('The place is the API’s to say. Leave it out, and the trigger’s own address is asked next.');
  if (parameters !== undefined && !(isObject(parameters) && Object.values(parameters).every(isText)))
    refuse('The parameters should be an object of texts.');
  if (seen !== undefined && !(Array.isArray(seen) && (seen as readonly JsonValue[]).every(isText)))
    refuse('What was seen should be a list of texts.');
}

function isText(value: JsonValue): boolean {
  return typeof value === 'string';
}

import type { ActionRecord, Timestamp } from '../contract.ts';
import type { ActionPlan, Plan } from '../plan/plan.ts';
import { recordKey } from './activity.ts';

export type KeptRecords =
  | { readonly kind: 'kept'; readonly records: readonly ActionRecord[] }
  /** An action that was named was not reached in the run, or is none of its flow. */
  | { readonly kind: 'not-run'; readonly action: string };

export type RerunFacts = {
  readonly plan: Plan;
  /** Of the run as it ended, all iterations. */
  readonly records: readonly ActionRecord[];
  /** Names, in any case, of the actions that are done again. */
  readonly actions: readonly string[];
  readonly now: Timestamp;
};

/**
 * What of an ended run's records another run begins with that does some of its actions again. An action is done again in the iterations
 * where it did not succeed, or, where it succeeded in all of them, in all. With it is done again what runs after it, and what was cut off
 * when the run ended; what is around it goes on. Everything else is kept.
 */
export function keptRecords({ plan, records, actions, now }: RerunFacts): KeptRecords {
  const cut = new Cut(plan);
  for (const name of actions) {
    const chosen = chooseAgain(records.filter((record) => isNamed(record, name) && record.status !== 'Skipped'));
    if (chosen.length === 0 || !plan.actionByName.has(name.toLowerCase())) return { kind: 'not-run', action: name };
    for (const record of chosen) cut.redo(record);
  }
  for (const record of records) if (wasCutOff(record, plan)) cut.goOn(record);
  return { kind: 'kept', records: records.flatMap((record) => cut.keep(record, now)) };
}

function isNamed(record: ActionRecord, name: string): boolean {
  return record.action.toLowerCase() === name.toLowerCase();
}

function chooseAgain(records: readonly ActionRecord[]): readonly ActionRecord[] {
  const unsuccessful = records.filter(({ status }) => status !== 'Succeeded');
  return unsuccessful.length > 0 ? unsuccessful : records;
}

/** The end of the run came before its own, or it was the end. */
function wasCutOff({ action, status, code, error }: ActionRecord, plan: Plan): boolean {
  switch (status) {
    case 'Running':
    case 'Waiting':
      return true;
    case 'Cancelled':
      return code === 'ActionCancelled';
    case 'Skipped':
      return error?.code === 'Terminated';
    case 'Succeeded':
      return typeOf(action, plan) === 'terminate';
    case 'Failed':
    case 'TimedOut':
      return false;
  }
}

function typeOf(action: string, plan: Plan): string | undefined {
  return plan.actions[plan.actionByName.get(action.toLowerCase()) ?? -1]?.type.toLowerCase();
}

type Place = { readonly action: ActionPlan; readonly iteration: string };

/** Where a run's records are parted into what is kept, what goes on and what is done again. */
class Cut {
  readonly #plan: Plan;
  readonly #again = new Set<string>();
  /** Containers that go on; of an Until, with the round in which it does. */
  readonly #open = new Map<string, number>();
  /** Whether all of a block in an iteration is done again. */
  readonly #lost = new Map<string, boolean>();

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /** An action is done again, with what is in it and what runs after it. */
  redo(record: ActionRecord): void {
    const place = this.#placeOf(record);
    if (place !== undefined) this.#redo([place]);
  }

  /** An action that was cut off: one that holds others goes on, another is done again. */
  goOn(record: ActionRecord): void {
    const place = this.#placeOf(record);
    if (place === undefined) return;
    if (place.action.compiled.blocks.length === 0 || record.status === 'Skipped') this.#redo([place]);
    else this.#reopen(place, record.repetitionCount ?? 0);
  }

  keep(record: ActionRecord, now: Timestamp): readonly ActionRecord[] {
    const place = this.#placeOf(record);
    if (place === undefined || this.#isLost(place)) return [];
    const round = this.#open.get(keyOf(place));
    return [round === undefined ? record : reopened(record, place.action, round, now)];
  }

  #redo(places: Place[]): void {
    for (let place = places.pop(); place !== undefined; place = places.pop()) {
      const key = keyOf(place);
      if (this.#again.has(key)) continue;
      this.#again.add(key);
      places.push(...this.#after(place));
      const owner = this.#ownerOf(place);
      if (owner !== undefined) this.#reopen(owner, lastIndex(place.iteration));
    }
  }

  #reopen(place: Place, round: number): void {
    const key = keyOf(place);
    const known = this.#open.get(key);
    this.#open.set(key, Math.min(round, known ?? round));
    if (known !== undefined) return;
    this.#redo([...this.#after(place)]);
    const owner = this.#ownerOf(place);
    if (owner !== undefined) this.#reopen(owner, lastIndex(place.iteration));
  }

  /** What runs after it in its block. */
  #after({ action, iteration }: Place): readonly Place[] {
    const members = this.#plan.blocks[action.block]?.members ?? [];
    return action.successors.flatMap((position) => {
      const member = members[position];
      return member === undefined ? [] : [{ action: member, iteration }];
    });
  }

  #isLost(place: Place): boolean {
    return this.#again.has(keyOf(place)) || this.#isBlockLost(place);
  }

  #isBlockLost(place: Place): boolean {
    const owner = this.#ownerOf(place);
    if (owner === undefined) return false;
    const key = `${place.action.block}/${place.iteration}`;
    const known = this.#lost.get(key);
    if (known !== undefined) return known;
    const isLaterRound =
      isUntil(owner.action) && lastIndex(place.iteration) > (this.#open.get(keyOf(owner)) ?? Number.POSITIVE_INFINITY);
    const isLost = isLaterRound || this.#isLost(owner);
    this.#lost.set(key, isLost);
    return isLost;
  }

  #placeOf({ action, iteration }: ActionRecord): Place | undefined {
    const plan = this.#plan.actions[this.#plan.actionByName.get(action.toLowerCase()) ?? -1];
    return plan === undefined ? undefined : { action: plan, iteration };
  }

  /** The action in whose block it is. */
  #ownerOf({ action, iteration }: Place): Place | undefined {
    const owner = this.#plan.actions[this.#plan.blocks[action.block]?.owner ?? -1];
    if (owner === undefined) return undefined;
    if (owner.compiled.role !== 'loop') return { action: owner, iteration };
    return { action: owner, iteration: iteration.slice(0, Math.max(0, iteration.lastIndexOf('-'))) };
  }
}

function keyOf({ action, iteration }: Place): string {
  return recordKey(action.name, iteration);
}

function isUntil({ type }: ActionPlan): boolean {
  return type.toLowerCase() === 'until';
}

/** The index in the innermost loop. */
function lastIndex(iteration: string): number {
  return Number(iteration.slice(iteration.lastIndexOf('-') + 1));
}

/** As while it ran: what it was given and chose stands, its end does not. */
function reopened(record: ActionRecord, action: ActionPlan, round: number, now: Timestamp): ActionRecord {
  const { code: _code, error: _error, endTime: _endTime, trackedProperties: _tracked, ...begun } = record;
  return {
    ...begun,
    status: 'Running',
    startTime: now,
    ...(isUntil(action) ? { repetitionCount: Math.min(round, record.repetitionCount ?? round) } : {}),
  };
}

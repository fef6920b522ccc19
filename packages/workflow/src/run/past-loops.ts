import type { ActionRecord, RecordTally, Status } from '../contract.ts';
import { type ActionPlan, type Block, goesOverItems, type Plan } from '../plan/plan.ts';
import { iterationKey, recordKey } from './activity.ts';
import type { ItemsOver } from './past.ts';
import type { PastRecords } from './past-records.ts';
import { statusOfMembers } from './result-rule.ts';

/** Reads of the loops of a run what going on with it needs, from the outermost inwards. */
export class PastLoops {
  readonly itemsOver = new Map<string, ItemsOver>();
  readonly #plan: Plan;
  readonly #source: PastRecords;
  readonly #records: Map<string, ActionRecord>;
  /** By the index of a loop, -1 for the run itself: the actions inside, and of those the loops that are in no other one there. */
  readonly #inside = new Map<number, { readonly names: readonly string[]; readonly loops: readonly ActionPlan[] }>();

  /** `records` has those outside loops, and gets the others that are needed. */
  constructor(plan: Plan, source: PastRecords, records: Map<string, ActionRecord>) {
    this.#plan = plan;
    this.#source = source;
    this.#records = records;
    const around = plan.actions.map((action) => loopsAround(plan, action));
    for (const index of [-1, ...plan.actions.filter(isLoop).map((loop) => loop.index)]) {
      this.#inside.set(index, {
        names: plan.actions.filter((action) => around[action.index]?.includes(index)).map(({ name }) => name),
        loops: plan.actions.filter((action) => isLoop(action) && (around[action.index]?.[0] ?? -1) === index),
      });
    }
  }

  load(): Promise<void> {
    return this.#enter(-1, '');
  }

  /** The loops directly inside one iteration of another, or of the run. */
  async #enter(loop: number, iteration: string): Promise<void> {
    for (const action of this.#inside.get(loop)?.loops ?? []) {
      const record = this.#records.get(recordKey(action.name, iteration));
      if (record === undefined || record.status === 'Skipped') continue;
      const isOver = isFinal(record.status);
      if (isOver && !action.keepsIterations) continue;
      await this.#read(action, await this.#neededIterations(action, record, isOver));
    }
  }

  async #neededIterations(loop: ActionPlan, record: ActionRecord, isOver: boolean): Promise<readonly string[]> {
    const { repetitionCount = 0 } = record;
    const keyOf = (index: number): string => iterationKey(record.iteration, index);
    const upTo = (end: number): readonly string[] => Array.from({ length: end }, (_, index) => keyOf(index));
    // Of an Until its last round, or the one after those that are known to be over.
    if (!goesOverItems(loop)) return [keyOf(isOver ? Math.max(0, repetitionCount - 1) : repetitionCount)];
    return isOver || loop.keepsIterations ? upTo(repetitionCount) : this.#openItems(loop, record);
  }

  async #read(loop: ActionPlan, iterations: readonly string[]): Promise<void> {
    const { names = [], loops = [] } = this.#inside.get(loop.index) ?? {};
    for await (const page of this.#source.pages(names, iterations)) {
      for (const record of page) this.#records.set(recordKey(record.action, record.iteration), record);
    }
    if (loops.length > 0) for (const iteration of iterations) await this.#enter(loop.index, iteration);
  }

  /** The items of a Foreach that were begun and are not over; notes which are. */
  async #openItems(loop: ActionPlan, record: ActionRecord): Promise<readonly string[]> {
    const block = this.#plan.blocks[loop.compiled.blocks[0] ?? -1];
    if (block === undefined) return [];
    const items = new Items(record, block);
    for (const [hundred, tallies] of this.#hundreds(record.iteration, block)) {
      const keys = items.keysOf(hundred);
      if (items.areOver(keys.length, tallies)) items.noteOver(hundred);
      else {
        const names = block.members.map(({ name }) => name);
        const statuses = new Map<string, Status>();
        for await (const page of this.#source.pages(names, keys)) {
          for (const { action, iteration, status } of page) statuses.set(recordKey(action, iteration), status);
        }
        for (const key of keys) items.noteStatuses(key, (action) => statuses.get(recordKey(action, key)));
      }
    }
    this.itemsOver.set(recordKey(loop.name, record.iteration), items.over());
    return items.open;
  }

  /** What was counted of a block's members, by the number of a hundred of items. */
  #hundreds(parent: string, block: Block): ReadonlyMap<number, readonly RecordTally[]> {
    const digits = iterationKey(parent, 0).length - 2;
    const prefix = iterationKey(parent, 0).slice(0, -6);
    const found = new Map<number, RecordTally[]>();
    for (const { name } of block.members) {
      for (const tally of this.#source.tallies(name)) {
        if (tally.hundred.length !== digits || !tally.hundred.startsWith(prefix)) continue;
        const hundred = Number(tally.hundred.slice(prefix.length));
        const known = found.get(hundred);
        if (known === undefined) found.set(hundred, [tally]);
        else known.push(tally);
      }
    }
    return found;
  }
}

/** Which items of a Foreach are over, as its records come to be known. */
class Items {
  readonly open: string[] = [];
  readonly #record: ActionRecord;
  readonly #block: Block;
  readonly #flags: Uint8Array;
  #count = 0;
  #hasFailed = false;

  constructor(record: ActionRecord, block: Block) {
    this.#record = record;
    this.#block = block;
    this.#flags = new Uint8Array(record.repetitionCount ?? 0);
  }

  over(): ItemsOver {
    return { flags: this.#flags, count: this.#count, hasFailed: this.#hasFailed };
  }

  keysOf(hundred: number): readonly string[] {
    const length = Math.min(100, this.#flags.length - hundred * 100);
    return Array.from({ length }, (_, index) => iterationKey(this.#record.iteration, hundred * 100 + index));
  }

  /** Whether every action of so many items has ended, and how is known: none failed, or an item did anyhow. */
  areOver(itemCount: number, tallies: readonly RecordTally[]): boolean {
    let ended = 0;
    for (const { status, count } of tallies) {
      if (!isFinal(status) || (!this.#hasFailed && status !== 'Succeeded' && status !== 'Skipped')) return false;
      ended += count;
    }
    return ended === itemCount * this.#block.members.length;
  }

  noteOver(hundred: number): void {
    const end = Math.min(this.#flags.length, hundred * 100 + 100);
    this.#flags.fill(1, hundred * 100, end);
    this.#count += end - hundred * 100;
  }

  noteStatuses(key: string, statusOf: (action: string) => Status | undefined): void {
    const { members } = this.#block;
    const statuses = members.map(({ name }) => statusOf(name));
    if (statuses.every((status) => status === undefined)) return;
    if (!statuses.every((status) => status !== undefined && isFinal(status))) {
      this.open.push(key);
      return;
    }
    this.#flags[Number(key.slice(-6))] = 1;
    this.#count++;
    if (statusOfMembers(this.#block, (position) => statuses[position]) === 'Failed') this.#hasFailed = true;
  }
}

function isLoop(action: ActionPlan): boolean {
  return action.compiled.role === 'loop';
}

function isFinal(status: Status): boolean {
  return status !== 'Running' && status !== 'Waiting';
}

/** Indexes of the loops around an action, innermost first. */
function loopsAround({ actions, blocks }: Plan, action: ActionPlan): readonly number[] {
  const found: number[] = [];
  for (let owner = blocks[action.block]?.owner ?? -1; owner >= 0; ) {
    const around = actions[owner];
    if (around === undefined) break;
    if (isLoop(around)) found.push(owner);
    owner = blocks[around.block]?.owner ?? -1;
  }
  return found;
}

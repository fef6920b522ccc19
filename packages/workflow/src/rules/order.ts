import type { ActionPlan, Block } from '../plan/plan.ts';

/** Steps that all questions together may take: definitions are written by strangers. */
const maximumSteps = 2_000_000;

/** Per member: the span of its place in a tree of first predecessors, and the length of the longest way to it. */
type Places = {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly level: readonly number[];
  /** Whether some of the members wait for each other: then nothing is said about any of them. */
  readonly isCyclic: boolean;
};

/**
 * Answers which actions have ended when another begins. Most questions are answered by a tree of each block's first predecessors; the
 * others by a walk over predecessors, as long as the allowance lasts: then the answer is that the order is right.
 */
export class Order {
  readonly #blocks: readonly Block[];
  readonly #actions: readonly ActionPlan[];
  readonly #places = new Map<number, Places>();
  #steps = 0;

  constructor(blocks: readonly Block[], actions: readonly ActionPlan[]) {
    this.#blocks = blocks;
    this.#actions = actions;
  }

  /** The actions around an action, innermost first. */
  owners(action: number): readonly number[] {
    const found: number[] = [];
    for (let owner = this.#ownerOf(action); owner >= 0; owner = this.#ownerOf(owner)) found.push(owner);
    return found;
  }

  /**
   * Whether what the target does is done when the user asks: it, or an action around it, runs before the user or an action around that.
   * An action may ask about itself, about what it holds (an Until's condition does) and about what holds it.
   */
  isBefore(target: number, user: number): boolean {
    const targets = [target, ...this.owners(target)];
    const users = [user, ...this.owners(user)];
    const byBlock = new Map(targets.map((index) => [this.#actions[index]?.block, index]));
    for (const index of users) {
      const beside = byBlock.get(this.#actions[index]?.block);
      if (beside === undefined) continue;
      if (beside === index) return index === user || index === target;
      return this.#precedes(beside, index);
    }
    return true;
  }

  #ownerOf(action: number): number {
    return this.#blocks[this.#actions[action]?.block ?? -1]?.owner ?? -1;
  }

  #precedes(before: number, after: number): boolean {
    const [from, to] = [this.#actions[before], this.#actions[after]];
    const block = this.#blocks[to?.block ?? -1];
    if (from === undefined || to === undefined || block === undefined) return true;
    const { first, last, level, isCyclic } = this.#placesOf(block);
    if (isCyclic) return true;
    const at = (list: readonly number[], position: number): number => list[position] ?? 0;
    const isBelow = (position: number): boolean =>
      at(first, from.position) <= at(first, position) && at(last, position) <= at(last, from.position);
    const least = at(level, from.position);
    const seen = new Set<number>([to.position]);
    const open = [to.position];
    for (let position = open.pop(); position !== undefined; position = open.pop()) {
      if (isBelow(position)) return true;
      for (const { position: earlier } of block.members[position]?.predecessors ?? []) {
        this.#steps += 1;
        if (this.#steps > maximumSteps) return true;
        if (seen.has(earlier) || at(level, earlier) < least) continue;
        seen.add(earlier);
        open.push(earlier);
      }
    }
    return false;
  }

  #placesOf(block: Block): Places {
    const known = this.#places.get(block.index);
    if (known !== undefined) return known;
    const places = { ...spansOf(block), ...levelsOf(block) };
    this.#places.set(block.index, places);
    return places;
  }
}

/** Positions of each member and of all below it, in a tree that has each member below its first predecessor. */
function spansOf(block: Block): Pick<Places, 'first' | 'last'> {
  const first = block.members.map(() => 0);
  const last = block.members.map(() => 0);
  const below: number[][] = block.members.map(() => []);
  for (const { position, predecessors } of block.members) {
    const [parent] = predecessors;
    if (parent !== undefined) below[parent.position]?.push(position);
  }
  let count = 0;
  const open = block.entries.map((position) => ({ position, isLeft: false }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { position, isLeft } = next;
    if (isLeft) {
      last[position] = count;
      continue;
    }
    count += 1;
    first[position] = count;
    open.push({ position, isLeft: true });
    for (const child of below[position] ?? []) open.push({ position: child, isLeft: false });
  }
  return { first, last };
}

/** For each member the number of members on the longest way to it. */
function levelsOf(block: Block): Pick<Places, 'level' | 'isCyclic'> {
  const level = block.members.map(() => 0);
  const pending = [...block.pending];
  const ready = [...block.entries];
  for (let position = ready.pop(); position !== undefined; position = ready.pop()) {
    for (const successor of block.members[position]?.successors ?? []) {
      level[successor] = Math.max(level[successor] ?? 0, (level[position] ?? 0) + 1);
      pending[successor] = (pending[successor] ?? 0) - 1;
      if (pending[successor] === 0) ready.push(successor);
    }
  }
  return { level, isCyclic: pending.some((count) => count > 0) };
}

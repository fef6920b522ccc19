import type { Value } from '@patchbay/expression';
import { goesOverItems, type Plan } from '../plan/plan.ts';
import type { Activity, Frame } from './activity.ts';

/** What is known of an action from somewhere in a run: one activity, or one per iteration when a loop lies between. */
export type Found = Activity | readonly Found[] | undefined;

/** Finds an action by name: in the blocks around the asking one, or down in a block that has been run. */
export function findActivity(plan: Plan, from: Frame, name: string): Found {
  const index = plan.actionByName.get(name) ?? plan.actionByName.get(name.toLowerCase());
  const action = index === undefined ? undefined : plan.actions[index];
  if (action === undefined) return undefined;
  for (let frame: Frame | undefined = from; frame !== undefined; frame = frame.parent) {
    if (frame.block.index === action.block) return frame.activities[action.position];
  }
  const path = pathTo(plan, action.block);
  for (let frame: Frame | undefined = from; frame !== undefined; frame = frame.parent) {
    const depth = path.indexOf(frame.block.index);
    if (depth >= 0) return descend(plan, frame, path, depth, action.position);
  }
  return undefined;
}

/** Blocks from the outermost to the given one. */
function pathTo(plan: Plan, block: number): readonly number[] {
  const path: number[] = [];
  for (let index = block; index >= 0; index = plan.blocks[index]?.parent ?? -1) path.unshift(index);
  return path;
}

function descend(plan: Plan, frame: Frame, path: readonly number[], depth: number, position: number): Found {
  const next = path[depth + 1];
  if (next === undefined) return frame.activities[position];
  const owner = plan.actions[plan.blocks[next]?.owner ?? -1];
  const container = owner === undefined ? undefined : frame.activities[owner.position];
  const frames = (container?.frames ?? []).filter((candidate) => candidate.block.index === next);
  if (owner !== undefined && goesOverItems(owner) && container?.status !== 'Skipped') {
    return frames.map((candidate) => descend(plan, candidate, path, depth + 1, position));
  }
  const last = frames.at(-1);
  return last === undefined ? undefined : descend(plan, last, path, depth + 1, position);
}

/** The same question of every activity found: a list stays a list. */
export function mapFound(found: Found, read: (activity: Activity) => Value): Value {
  if (found === undefined) return null;
  if (isFoundList(found)) return found.map((one) => mapFound(one, read));
  return read(found);
}

function isFoundList(found: Found): found is readonly Found[] {
  return Array.isArray(found);
}

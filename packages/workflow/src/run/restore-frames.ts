import type { ActionRecord } from '../contract.ts';
import { goesOverItems, type Plan } from '../plan/plan.ts';
import { Activity, iterationKey, openFrame, recordKey } from './activity.ts';

type Records = ReadonlyMap<string, ActionRecord>;

/** Later actions may ask for results from inside a container that finished before the run was taken over: they come from the records. */
export function restoreFrames(activity: Activity, plan: Plan, records: Records): void {
  const { action, frame } = activity;
  for (const index of action.compiled.blocks) {
    const block = plan.blocks[index];
    if (block === undefined || block.members.length === 0) continue;
    for (const iteration of recordedIterations(activity)) {
      const inner = openFrame(block, frame, activity, { iteration, index: 0, item: null });
      inner.remaining = 0;
      activity.frames ??= [];
      activity.frames.push(inner);
      for (const member of block.members) restoreActivity(new Activity(member, inner), plan, records);
    }
  }
}

function restoreActivity(activity: Activity, plan: Plan, records: Records): void {
  const record = records.get(recordKey(activity.action.name, activity.frame.iteration));
  if (record === undefined) return;
  activity.load(record);
  activity.isDone = true;
  activity.frame.activities[activity.action.position] = activity;
  restoreFrames(activity, plan, records);
}

function recordedIterations({ action, frame, repetitionCount, status }: Activity): readonly string[] {
  if (action.compiled.role !== 'loop' || status === 'Skipped') return [frame.iteration];
  if (!action.keepsIterations) return [];
  const count = repetitionCount ?? 0;
  const from = goesOverItems(action) ? 0 : Math.max(0, count - 1);
  return Array.from({ length: count - from }, (_, index) => iterationKey(frame.iteration, from + index));
}

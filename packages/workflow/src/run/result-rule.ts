import type { Status } from '../contract.ts';
import type { Block } from '../plan/plan.ts';
import type { Frame } from './activity.ts';

export const actionFailed = {
  code: 'ActionFailed',
  message: 'An action failed. No dependent actions succeeded.',
} as const;

/**
 * The result of a block from its leaves (members that nothing runs after): a leaf that was skipped counts as its predecessors do; any
 * that failed, timed out or was cancelled makes the block fail.
 */
export function blockStatus({ block, activities }: Frame): 'Succeeded' | 'Failed' {
  return statusOfMembers(block, (position) => activities[position]?.status);
}

/** The same, of members that are given by their statuses. */
export function statusOfMembers(
  block: Block,
  statusOf: (position: number) => Status | undefined,
): 'Succeeded' | 'Failed' {
  const seen = new Set<number>();
  const open = [...block.leaves];
  while (open.length > 0) {
    const position = open.pop() ?? 0;
    if (seen.has(position)) continue;
    seen.add(position);
    const status = statusOf(position);
    if (isFailure(status)) return 'Failed';
    if (status !== 'Skipped') continue;
    for (const predecessor of block.members[position]?.predecessors ?? []) open.push(predecessor.position);
  }
  return 'Succeeded';
}

function isFailure(status: Status | undefined): boolean {
  return status === 'Failed' || status === 'TimedOut' || status === 'Cancelled';
}

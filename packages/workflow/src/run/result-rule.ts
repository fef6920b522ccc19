import type { Status } from '../contract.ts';
import type { Frame } from './activity.ts';

export const actionFailed = {
  code: 'ActionFailed',
  message: 'An action failed. No dependent actions succeeded.',
} as const;

/**
 * The result of a block from its leaves (members that nothing runs after): a leaf that was skipped counts as its predecessors do; any
 * that failed, timed out or was cancelled makes the block fail.
 */
export function blockStatus(frame: Frame): 'Succeeded' | 'Failed' {
  const seen = new Set<number>();
  const open = [...frame.block.leaves];
  while (open.length > 0) {
    const position = open.pop() ?? 0;
    if (seen.has(position)) continue;
    seen.add(position);
    const status = frame.activities[position]?.status;
    if (isFailure(status)) return 'Failed';
    if (status !== 'Skipped') continue;
    for (const predecessor of frame.block.members[position]?.predecessors ?? []) open.push(predecessor.position);
  }
  return 'Succeeded';
}

function isFailure(status: Status | undefined): boolean {
  return status === 'Failed' || status === 'TimedOut' || status === 'Cancelled';
}

import { pointerTo } from '../findings.ts';
import type { ActionCompiler } from './action-compiler.ts';
import type { Block } from './plan.ts';

/** As many names as a person reads. */
const maximumNames = 20;

/** Reports actions that wait for each other, so that none of them ever runs. */
export function checkCycles(blocks: readonly Block[], compiler: ActionCompiler): void {
  for (const block of blocks) {
    const stuck = stuckIn(block);
    const [first] = stuck;
    if (first === undefined) continue;
    const names = stuck.slice(0, maximumNames).map((position) => `"${block.members[position]?.name}"`);
    const more = stuck.length > maximumNames ? ` and ${stuck.length - maximumNames} more` : '';
    const pointer = compiler.sources[block.members[first]?.index ?? -1]?.pointer ?? '/actions';
    const message = `these actions wait for each other: ${names.join(', ')}${more}`;
    compiler.report('run-after-cycle', 'error', message, pointerTo(pointer, 'runAfter'));
  }
}

/** Positions of the members that never run. */
function stuckIn(block: Block): readonly number[] {
  const pending = [...block.pending];
  const ready = [...block.entries];
  for (let position = ready.pop(); position !== undefined; position = ready.pop()) {
    for (const successor of block.members[position]?.successors ?? []) {
      pending[successor] = (pending[successor] ?? 0) - 1;
      if (pending[successor] === 0) ready.push(successor);
    }
  }
  return pending.flatMap((count, position) => (count > 0 ? [position] : []));
}

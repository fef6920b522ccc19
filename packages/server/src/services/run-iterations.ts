import type { ActionRecord, RecordTally, RunStore } from '@patchbay/workflow';

/** What a page shows of an action in loops. */
export type RunIterations = {
  readonly count: number;
  /** The record that was made last. */
  readonly last: ActionRecord | undefined;
  /** The first iterations and, where none of those failed, one that did; by iteration. */
  readonly records: readonly ActionRecord[];
};

/** So many hundreds of iterations are looked for at once. */
const hundredsAtATime = 20;

/** Reads what a page shows of an action in loops, however often it ran. `tallies`: of the whole run. */
export async function readIterations(
  runs: Pick<RunStore, 'readActions'>,
  tallies: readonly RecordTally[],
  { runId, action, most }: { readonly runId: string; readonly action: string; readonly most: number },
): Promise<RunIterations> {
  const own = tallies.filter((tally) => tally.action === action);
  const hundreds = [...new Set(own.map(({ hundred }) => hundred))].sort();
  const read = async (some: readonly string[]): Promise<readonly ActionRecord[]> => {
    const iterations = some.flatMap((hundred) => hundredOf(hundred));
    const found = await runs.readActions({ runId, actions: [action], iterations });
    return found.toSorted((left, right) => (left.iteration < right.iteration ? -1 : 1));
  };
  const records: ActionRecord[] = [];
  for (let at = 0; at < hundreds.length && records.length < most; at += hundredsAtATime) {
    records.push(...(await read(hundreds.slice(at, at + hundredsAtATime))));
  }
  const shown = records.slice(0, most);
  const failed = own
    .filter(hasFailed)
    .map(({ hundred }) => hundred)
    .sort()[0];
  if (failed !== undefined && !shown.some(hasFailed))
    shown.push(...(await read([failed])).filter(hasFailed).slice(0, 1));
  const newest = own.toSorted((left, right) => right.lastSequence - left.lastSequence)[0];
  const last = newest && (await read([newest.hundred])).find(({ sequence }) => sequence === newest.lastSequence);
  return { count: own.reduce((sum, { count }) => sum + count, 0), last, records: shown };
}

function hasFailed({ status }: Pick<ActionRecord, 'status'>): boolean {
  return status === 'Failed' || status === 'TimedOut';
}

function hundredOf(hundred: string): readonly string[] {
  return Array.from({ length: 100 }, (_, index) => `${hundred}${String(index).padStart(2, '0')}`);
}

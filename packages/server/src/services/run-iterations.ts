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

type Runs = Pick<RunStore, 'readActions'>;
type Of = { readonly runId: string; readonly action: string };

/** Iterations of an action by their names, so many behind one of them. `tallies`: of the whole run. */
export async function listIterations(
  runs: Runs,
  tallies: readonly RecordTally[],
  { after = '', most, ...of }: Of & { readonly after?: string; readonly most: number },
): Promise<readonly ActionRecord[]> {
  const own = tallies.filter(({ action, hundred }) => action === of.action && hundred >= after.slice(0, -2));
  const hundreds = [...new Set(own.map(({ hundred }) => hundred))].sort();
  const records: ActionRecord[] = [];
  for (let at = 0; at < hundreds.length && records.length < most; at += hundredsAtATime) {
    const found = await readHundreds(runs, of, hundreds.slice(at, at + hundredsAtATime));
    records.push(...found.filter(({ iteration }) => iteration > after));
  }
  return records.slice(0, most);
}

/** Reads what a page shows of an action in loops, however often it ran. `tallies`: of the whole run. */
export async function readIterations(
  runs: Runs,
  tallies: readonly RecordTally[],
  { most, ...of }: Of & { readonly most: number },
): Promise<RunIterations> {
  const own = tallies.filter(({ action }) => action === of.action);
  const first = await listIterations(runs, own, { ...of, most });
  const failed = own
    .filter(hasFailed)
    .map(({ hundred }) => hundred)
    .sort()[0];
  const isTold = failed === undefined || first.some(hasFailed);
  const further = isTold ? [] : (await readHundreds(runs, of, [failed])).filter(hasFailed).slice(0, 1);
  const newest = own.toSorted((left, right) => right.lastSequence - left.lastSequence)[0];
  const last =
    newest && (await readHundreds(runs, of, [newest.hundred])).find(({ sequence }) => sequence === newest.lastSequence);
  return { count: own.reduce((sum, { count }) => sum + count, 0), last, records: [...first, ...further] };
}

async function readHundreds(
  runs: Runs,
  { runId, action }: Of,
  hundreds: readonly string[],
): Promise<readonly ActionRecord[]> {
  const iterations = hundreds.flatMap((hundred) => hundredOf(hundred));
  const found = await runs.readActions({ runId, actions: [action], iterations });
  return found.toSorted((left, right) => (left.iteration < right.iteration ? -1 : 1));
}

function hasFailed({ status }: Pick<ActionRecord, 'status'>): boolean {
  return status === 'Failed' || status === 'TimedOut';
}

function hundredOf(hundred: string): readonly string[] {
  return Array.from({ length: 100 }, (_, index) => `${hundred}${String(index).padStart(2, '0')}`);
}

import type { ActionRecord, ClaimedRun, RunStore } from '../contract.ts';
import type { Plan } from '../plan/plan.ts';
import { recordKey } from './activity.ts';
import { PastLoops } from './past-loops.ts';
import { PastRecords } from './past-records.ts';
import { restoreVariables } from './restore-variables.ts';
import type { Variables } from './variables.ts';

/** What a run that is taken over has behind it. Of loops no more than going on needs, so that it costs little however long they ran. */
export type Past = {
  /** By {@link recordKey}: those outside loops, of iterations that are not over, and of results that are asked for later. */
  readonly records: ReadonlyMap<string, ActionRecord>;
  /** The highest of all records. */
  readonly lastSequence: number;
  readonly variables: Variables;
  /** By the {@link recordKey} of a Foreach that is not over: which of its items are. */
  readonly itemsOver: ReadonlyMap<string, ItemsOver>;
};

export type ItemsOver = {
  /** 1 at the index of an item that is over. */
  readonly flags: Uint8Array;
  readonly count: number;
  readonly hasFailed: boolean;
};

/** Reads what a claimed run has behind it, in turns that are short however much it is. */
export async function loadPast(store: RunStore, plan: Plan, claimed: ClaimedRun): Promise<Past> {
  const { run, actions } = claimed;
  const records = new Map(actions.map((record) => [recordKey(record.action, record.iteration), record]));
  const source = new PastRecords(store, run.runId);
  if (actions.some((record) => record.status !== 'Skipped' && isLoop(plan, record.action))) await source.tally();
  const loops = new PastLoops(plan, source, records);
  await loops.load();
  return {
    records,
    lastSequence: actions.reduce((last, { sequence }) => Math.max(last, sequence), source.lastSequence),
    variables: await restoreVariables(plan, source, actions),
    itemsOver: loops.itemsOver,
  };
}

function isLoop({ actions, actionByName }: Plan, name: string): boolean {
  return actions[actionByName.get(name.toLowerCase()) ?? -1]?.compiled.role === 'loop';
}

import type { StatementSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import type { RecordTally, Status } from '@patchbay/workflow';

/** How many records are counted before everything else gets its turn: some milliseconds' worth. */
const recordsPerPage = 2_000;

type Row = {
  readonly action: string;
  readonly hundred: string;
  readonly status: Status;
  readonly count: number;
  readonly last_sequence: number;
  readonly last_iteration: string;
};

/** Counts a page of a run's records, in the order of the table's key, after an action and iteration. */
export const tallyPage = `
  select action, substr(iteration, 1, length(iteration) - 2) as hundred, status, count(*) as count,
    max(sequence) as last_sequence, max(iteration) as last_iteration
  from (
    select action, iteration, status, sequence from action_record
    where run_id = ? and (action, iteration) > (?, ?) order by action, iteration limit ${recordsPerPage}
  )
  group by action, hundred, status order by action`;

/** Reads a run's records page by page, each in a turn of the event loop of its own. */
export async function tallyActions(page: StatementSync, runId: string): Promise<readonly RecordTally[]> {
  const tallies = new Map<string, RecordTally>();
  let after = { action: '', iteration: '' };
  for (;;) {
    const rows = page.all(runId, after.action, after.iteration) as unknown as Row[];
    for (const row of rows) add(tallies, row);
    after = lastPlace(rows);
    if (rows.reduce((sum, { count }) => sum + count, 0) < recordsPerPage) return [...tallies.values()];
    await setImmediate();
  }
}

function lastPlace(rows: readonly Row[]): { readonly action: string; readonly iteration: string } {
  const action = rows.at(-1)?.action ?? '';
  const iterations = rows.filter((row) => row.action === action).map((row) => row.last_iteration);
  return { action, iteration: iterations.reduce((last, one) => (one > last ? one : last), '') };
}

/** A hundred may lie on two pages. */
function add(tallies: Map<string, RecordTally>, row: Row): void {
  const { action, hundred, status } = row;
  if (row.last_iteration === '') return;
  const key = `${hundred}/${status}/${action}`;
  const { count, lastSequence } = tallies.get(key) ?? { count: 0, lastSequence: 0 };
  tallies.set(key, {
    action,
    hundred,
    status,
    count: count + row.count,
    lastSequence: Math.max(lastSequence, row.last_sequence),
  });
}

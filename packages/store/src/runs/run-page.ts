import type { RunQuery, Status } from '@patchbay/workflow';
import type { RunTable } from '../database.ts';

const statuses: readonly Status[] = ['Running', 'Waiting', 'Succeeded', 'Skipped', 'Failed', 'TimedOut', 'Cancelled'];

/** The statuses whose runs a query asks for: a page is merged of the newest of each, so that one index serves every list. */
export function statusesOf({ status }: RunQuery): readonly Status[] {
  return status === undefined ? statuses : [...new Set(status)];
}

/** What is read of a run for lists. The trigger itself, with its payloads, only of a run that was kept without a summary. */
export const summaryColumns = [
  'run_id',
  'flow_id',
  'flow_revision',
  'status',
  'code',
  'error',
  'start_time',
  'end_time',
  'client_tracking_id',
  'origin',
  'trigger_summary',
] as const satisfies readonly (keyof RunTable)[];

export type SummaryRow = Pick<RunTable, (typeof summaryColumns)[number]> & { readonly trigger: string | null };

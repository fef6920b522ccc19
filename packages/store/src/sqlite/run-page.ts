import type { SQLInputValue } from 'node:sqlite';
import type { RunQuery } from '@patchbay/workflow';
import { statusesOf, summaryColumns } from '../runs/run-page.ts';

export type PageStatement = { readonly text: string; readonly parameters: { readonly [name: string]: SQLInputValue } };

/** All of a run, or what lists say of it. */
export type PageColumns = 'whole' | 'summary';

const wholeRow = 'run.*';
const summary = [
  ...summaryColumns.map((column) => `run.${column}`),
  'case when run.trigger_summary is null then run.trigger end as trigger',
].join(', ');

/** A page of a flow's history: its runs are found in the index, then read one by one. For one status at least. */
export function pageStatement(query: RunQuery, columns: PageColumns): PageStatement {
  const wanted = statusesOf(query);
  const conditions = [
    'flow_id = :flow',
    ...(query.startedFrom === undefined ? [] : ['start_time >= :from']),
    ...(query.startedBefore === undefined ? [] : ['start_time < :before']),
    ...(query.after === undefined ? [] : ['start_time <= :lastTime', '(start_time < :lastTime or run_id > :lastRun)']),
  ].join(' and ');
  const order = 'order by start_time desc, run_id limit :limit';
  const ofStatus = (position: number): string =>
    `select * from (select run_id, start_time from run where ${conditions} and status = :status${position} ${order})`;
  const found = wanted.map((_, position) => ofStatus(position)).join(' union all ');
  return {
    text: `with page as (${found} ${order})
      select ${columns === 'whole' ? wholeRow : summary} from page cross join run on run.run_id = page.run_id
      order by page.start_time desc, page.run_id`,
    parameters: {
      flow: query.flowId,
      limit: query.limit,
      ...(query.startedFrom !== undefined && { from: query.startedFrom }),
      ...(query.startedBefore !== undefined && { before: query.startedBefore }),
      ...(query.after !== undefined && { lastTime: query.after.startTime, lastRun: query.after.runId }),
      ...Object.fromEntries(wanted.map((status, position) => [`status${position}`, status])),
    },
  };
}

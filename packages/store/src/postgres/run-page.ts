import type { RunQuery } from '@patchbay/workflow';
import { type RawBuilder, sql } from 'kysely';
import type { RunTable } from '../database.ts';
import { type SummaryRow, statusesOf, summaryColumns } from '../runs/run-page.ts';

/** A page of a flow's history, whole rows: its runs are found in the index, then read one by one. */
export function wholePage(query: RunQuery): RawBuilder<RunTable> {
  return sql<RunTable>`with page as materialized (${pageKeys(query)})
    select run.* from page join run using (run_id) order by page.start_time desc, run_id`;
}

/** The same without what lists do not say. */
export function summaryPage(query: RunQuery): RawBuilder<SummaryRow> {
  const columns = sql.join(summaryColumns.map((column) => sql.ref(`run.${column}`)));
  return sql<SummaryRow>`with page as materialized (${pageKeys(query)})
    select ${columns}, case when run.trigger_summary is null then run.trigger end as trigger
    from page join run using (run_id) order by page.start_time desc, run_id`;
}

function pageKeys(query: RunQuery): RawBuilder<unknown> {
  const { flowId, startedFrom, startedBefore, after, limit } = query;
  const conditions = [
    sql`flow_id = ${flowId}`,
    sql`status = wanted.status`,
    ...(startedFrom === undefined ? [] : [sql`start_time >= ${startedFrom}`]),
    ...(startedBefore === undefined ? [] : [sql`start_time < ${startedBefore}`]),
    ...(after === undefined
      ? []
      : [sql`start_time <= ${after.startTime}`, sql`(start_time < ${after.startTime} or run_id > ${after.runId})`]),
  ];
  const order = sql`order by start_time desc, run_id limit ${limit}`;
  return sql`select run_id, start_time from unnest(${[...statusesOf(query)]}::text[]) as wanted (status)
    cross join lateral (select run_id, start_time from run where ${sql.join(conditions, sql` and `)} ${order}) as newest
    ${order}`;
}

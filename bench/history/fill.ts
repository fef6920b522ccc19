import { DatabaseSync } from 'node:sqlite';
import { queryPostgres } from '@patchbay/store/test-postgres';

/** The flow whose history is measured; it has every run. */
export const flowId = '11111111-2222-4333-8444-555555555555';

const firstSecond = Date.UTC(2026, 0, 1) / 1000;
/** What .NET's clock has left at the first run, in seconds; run ids count it down. */
const secondsLeft = 251_000_000_000;

/** When the run of a number began: one a second, the last is the newest. */
export function startTime(run: number): string {
  return `${new Date((firstSecond + run) * 1000).toISOString().slice(0, 19)}.0000000Z`;
}

export function runId(run: number): string {
  return `${String(secondsLeft - run).padStart(13, '0')}0000000000000000CU00`;
}

const trigger = JSON.stringify({
  name: 'manual',
  status: 'Succeeded',
  code: 'OK',
  outputs: JSON.stringify({ headers: { 'content-type': 'application/json' }, body: { text: 'x'.repeat(400) } }),
  startTime: startTime(0),
  endTime: startTime(0),
});
const summary = JSON.stringify({ ...JSON.parse(trigger), outputs: undefined, outputsBytes: 473 });

const columns = `run_id, flow_id, flow_revision, status, code, start_time, end_time, trigger, trigger_summary, client_tracking_id,
  owner, epoch, lease_until_ms, cancel_requested`;
/** Of a hundred runs two have failed; of a hundred thousand one has timed out. */
const status = `case when n % 100000 = 7 then 'TimedOut' when n % 100 < 2 then 'Failed' else 'Succeeded' end`;
const rest = `'${trigger}', '${summary}', 'tracking', 'owner', 1, 0, 0`;

/** Writes runs that have ended, as the store would have written them. */
export function fillSqlite(path: string, runs: number): void {
  const database = new DatabaseSync(path);
  const time = `strftime('%Y-%m-%dT%H:%M:%S', ${firstSecond} + n, 'unixepoch') || '.0000000Z'`;
  try {
    database.exec(`pragma synchronous = off;
      with recursive numbers (n) as (select 0 union all select n + 1 from numbers where n < ${runs - 1})
      insert into run (${columns})
      select printf('%013d', ${secondsLeft} - n) || '0000000000000000CU00', '${flowId}', 1, ${status}, null, ${time}, ${time}, ${rest}
      from numbers`);
  } finally {
    database.close();
  }
}

export async function fillPostgres(url: string, runs: number): Promise<void> {
  const time = `to_char(to_timestamp(${firstSecond} + n) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS') || '.0000000Z'`;
  await queryPostgres(
    url,
    `insert into run (${columns})
     select lpad((${secondsLeft} - n)::text, 13, '0') || '0000000000000000CU00', '${flowId}', 1, ${status}, null, ${time}, ${time}, ${rest}
     from generate_series(0, ${runs - 1}) as n`,
  );
  // What the server's own maintenance does within a minute.
  await queryPostgres(url, 'vacuum analyze run');
}

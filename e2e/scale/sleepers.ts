import { readFileSync } from 'node:fs';
import { queryPostgres } from '@patchbay/store/test-postgres';
import { pause } from '../crash/start-run.ts';
import { type Cluster, startCluster } from './cluster.ts';

export type SleepersOptions = {
  readonly sleepers: number;
  /** Their times lie this far apart, the first from the last. */
  readonly overMs: number;
  /** What is left of the time after the last has gone to sleep, more or less, for killing and starting everything. */
  readonly spareMs: number;
  readonly progress: (text: string) => void;
};

export type SleepersReport = {
  readonly finished: number;
  readonly wokenTwice: number;
  /** How long after its time a run had ended. */
  readonly lateMs: { readonly p50: number; readonly p99: number; readonly most: number };
  /** Resident memory while all sleep, after the restart. */
  readonly memoryMb: { readonly worker: number; readonly redis: number };
  readonly startedPerSecond: number;
};

const perRequest = 500;
/** Puts runs to sleep until times that lie ahead, kills and starts everything, and sees when each has ended. */
export async function survive(options: SleepersOptions): Promise<SleepersReport> {
  const cluster = await startCluster(['worker-1', 'worker-2']);
  try {
    const address = await cluster.deploy('Sleepers', sleeperFlow);
    // A guess at how long it takes to put them to sleep; those whose time has come before the restart are no test.
    const firstMs = Date.now() + options.spareMs + options.sleepers * 3;
    const startedMs = Date.now();
    await putToSleep(cluster, address, firstMs, options);
    const startedPerSecond = Math.round((options.sleepers * 1_000) / (Date.now() - startedMs));
    options.progress(
      `all sleep, ${startedPerSecond} a second; the first wakes in ${Math.round((firstMs - Date.now()) / 1000)} s`,
    );
    await cluster.restartEverything();
    // Redis has read its log by then, and workers have fed it nothing twice.
    await pause(5_000);
    const memoryMb = await memoryOf(cluster);
    options.progress(`started everything anew ${Math.round((firstMs - Date.now()) / 1000)} s before the first wakes`);
    await untilAwake(cluster, options);
    return { ...(await lateness(cluster)), memoryMb, startedPerSecond };
  } finally {
    await cluster.dispose();
  }
}

async function putToSleep(
  cluster: Cluster,
  address: string,
  firstMs: number,
  { sleepers, overMs, progress }: SleepersOptions,
): Promise<void> {
  for (let first = 0; first < sleepers; first += perRequest) {
    const items = Array.from({ length: Math.min(perRequest, sleepers - first) }, (_, index) =>
      new Date(firstMs + ((first + index) * overMs) / sleepers).toISOString(),
    );
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ items }),
    });
    if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
    if (first % 10_000 === 0) progress(`${first} started`);
  }
  for (;;) {
    const [row] = await ask(cluster, "select count(*) from run where status = 'Waiting' and wake_at_ms is not null");
    if (Number(row?.['count']) === sleepers) return;
    await pause(500);
  }
}

async function untilAwake(cluster: Cluster, { sleepers, overMs }: SleepersOptions): Promise<void> {
  const deadlineMs = Date.now() + 300_000 + overMs + sleepers * 3;
  while ((await cluster.audit.unfinished()) > 0) {
    if (Date.now() > deadlineMs) throw new Error(`${await cluster.audit.unfinished()} runs did not wake`);
    await pause(1_000);
  }
}

async function lateness(cluster: Cluster): Promise<Pick<SleepersReport, 'finished' | 'wokenTwice' | 'lateMs'>> {
  const [row] = await ask(
    cluster,
    `select count(*) as finished, percentile_cont(array[0.5, 0.99, 1]) within group (order by late) as late from (
       select extract(epoch from run.end_time::timestamptz - (action_record.inputs::json -> 'until' ->> 'timestamp')::timestamptz) * 1000 as late
       from run join action_record on action_record.run_id = run.run_id and action = 'Pause'
       where run.status = 'Succeeded'
     ) ended`,
  );
  const [twice] = await ask(
    cluster,
    "select count(*) from (select 1 from audit_record where action = 'Pause' and status = 'Succeeded' group by run_id having count(*) > 1) again",
  );
  const [p50 = 0, p99 = 0, most = 0] = ((row?.['late'] ?? []) as readonly number[]).map(Math.round);
  return { finished: Number(row?.['finished']), wokenTwice: Number(twice?.['count']), lateMs: { p50, p99, most } };
}

async function memoryOf(cluster: Cluster): Promise<SleepersReport['memoryMb']> {
  const memory = String(await cluster.redis.command('INFO', 'memory'));
  const status = readFileSync(`/proc/${cluster.worker('worker-1').child.pid}/status`, 'utf8');
  return {
    worker: Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024),
    redis: Math.round(Number(/^used_memory_rss:(\d+)/m.exec(memory)?.[1] ?? 0) / 1_048_576),
  };
}

const ask = (cluster: Cluster, sql: string) => queryPostgres(cluster.databaseUrl, sql);

const sleeperFlow = {
  $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  contentVersion: '1.0.0.0',
  triggers: {
    manual: { type: 'Request', kind: 'Http', inputs: { schema: {} }, splitOn: "@triggerBody()['items']" },
  },
  actions: {
    Pause: { type: 'Wait', inputs: { until: { timestamp: '@triggerBody()' } } },
    Note: { type: 'Compose', inputs: 'awake', runAfter: { Pause: ['Succeeded'] } },
  },
};

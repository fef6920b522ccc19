import { readdirSync, readFileSync } from 'node:fs';
import { queryPostgres } from '@patchbay/store/test-postgres';
import { type Cluster, startCluster } from '../../e2e/scale/cluster.ts';
import type { ServiceTimes } from './simulate.ts';

/** Linux counts the CPU time of a process in hundredths of a second. */
const tickMs = 10;
const lanes = 64;

/** Runs a durable flow of ten Compose actions through one web process and one worker, and shares out the CPU time that each part took. */
export async function measureServiceTimes(runs: number): Promise<ServiceTimes> {
  const cluster = await startCluster(['worker-1']);
  try {
    const address = await cluster.deploy('Ten', tenComposes);
    await fire(cluster, address, Math.ceil(runs / 10));
    const before = await usedMs(cluster);
    await fire(cluster, address, runs);
    const after = await usedMs(cluster);
    const each = (part: keyof ServiceTimes): number => (after[part] - before[part]) / runs;
    return {
      webMs: each('webMs'),
      workerMs: each('workerMs'),
      postgresMs: each('postgresMs'),
      redisMs: each('redisMs'),
    };
  } finally {
    await cluster.dispose();
  }
}

async function fire(cluster: Cluster, address: string, runs: number): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next++ < runs) {
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"name":"x"}',
      });
      await response.arrayBuffer();
      if (response.status !== 202) throw new Error(`a start was answered ${response.status}`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  while ((await cluster.audit.unfinished()) > 0) await new Promise((wake) => setTimeout(wake, 100));
}

async function usedMs(cluster: Cluster): Promise<ServiceTimes> {
  const [row] = await queryPostgres(
    cluster.databaseUrl,
    `select pid from pg_stat_activity where backend_type = 'checkpointer'`,
  );
  const postmaster = parentOf(Number(row?.['pid']));
  const redis = Number(/process_id:(\d+)/.exec(String(await cluster.redis.command('INFO', 'server')))?.[1] ?? 0);
  return {
    webMs: cpuMs(cluster.web().child.pid ?? 0),
    workerMs: cpuMs(cluster.worker('worker-1').child.pid ?? 0),
    postgresMs: readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && parentOf(Number(name)) === postmaster)
      .reduce((sum, name) => sum + cpuMs(Number(name)), 0),
    redisMs: cpuMs(redis),
  };
}

/** The fields of `/proc/<pid>/stat` after the name, which may hold anything (proc(5)). */
function statOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
  } catch {
    // It has ended in between.
    return [];
  }
}

const parentOf = (pid: number): number => Number(statOf(pid)[1] ?? 0);

function cpuMs(pid: number): number {
  const stat = statOf(pid);
  return (Number(stat[11] ?? 0) + Number(stat[12] ?? 0)) * tickMs;
}

const tenComposes = {
  $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  contentVersion: '1.0.0.0',
  triggers: { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} } } },
  actions: Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [
      `Step_${index}`,
      {
        type: 'Compose',
        inputs: "@concat(triggerBody()?['name'], ' goes on')",
        runAfter: index === 0 ? {} : { [`Step_${index - 1}`]: ['Succeeded'] },
      },
    ]),
  ),
};

import { deployGathering } from '../crash/batches.ts';
import { type LoggingUpstream, startLoggingUpstream } from '../crash/logging-upstream.ts';
import { pause, startRun } from '../crash/start-run.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { type Accepted, judge, type Verdict } from './judge.ts';
import { type MixedFlow, mixedFlows } from './mixed-flows.ts';

export type TrialOptions = {
  readonly runs: number;
  readonly progress: (text: string) => void;
};

export type FrozenOptions = TrialOptions & {
  readonly frozenMs: number;
  /** A program in place of the server's for the worker that is frozen. */
  readonly program?: string;
};

/** Starts mixed runs through the process that answers. */
type Fire = (count: number) => Promise<void>;

type Scene = { readonly cluster: Cluster; readonly fire: Fire };

const workers = ['worker-1', 'worker-2'];
/** Calls that are under way at any moment: an API that takes its time. */
const upstreamPauseMs = 150;

/** `kill -9` of one of two workers: how long until each of its runs was somebody else's, and what became of all of them. */
export async function killWorker(
  options: TrialOptions,
): Promise<Verdict & { readonly heldByKilled: number; readonly takeoversMs: readonly number[] }> {
  let held: Awaited<ReturnType<Cluster['audit']['heldBy']>> = [];
  let killedMs = 0;
  let claimedMs: readonly number[] = [];
  const verdict = await play(options, async ({ cluster, fire }) => {
    await fire(options.runs);
    await cluster.worker('worker-1').kill();
    killedMs = Date.now();
    held = await cluster.audit.heldBy('worker-1');
    options.progress(`killed a worker with ${held.length} runs in hand`);
    await untilFinished(cluster);
    claimedMs = await cluster.audit.nextClaimsMs(held);
  });
  return {
    ...verdict,
    heldByKilled: held.length,
    takeoversMs: claimedMs.map((ms) => Math.round(ms - killedMs)).sort((left, right) => left - right),
  };
}

/** SIGSTOP of one of two workers, then SIGCONT: what it writes then must be refused. */
export async function freezeWorker(options: FrozenOptions): Promise<Verdict & { readonly heldByFrozen: number }> {
  let heldByFrozen = 0;
  const verdict = await play(options, async ({ cluster, fire }) => {
    if (options.program !== undefined) {
      await cluster.worker('worker-1').kill();
      await cluster.startWorker('worker-1', options.program);
    }
    await fire(options.runs);
    const { child } = cluster.worker('worker-1');
    child.kill('SIGSTOP');
    heldByFrozen = (await cluster.audit.heldBy('worker-1')).length;
    options.progress(`froze a worker with ${heldByFrozen} runs in hand`);
    await pause(options.frozenMs);
    child.kill('SIGCONT');
    if (options.program === undefined) await untilFinished(cluster);
    else await untilFinishedOrSpoilt(cluster);
    // What was on its way when it froze arrives.
    await pause(1_000);
  });
  return { ...verdict, heldByFrozen };
}

/** Redis forgets everything, dies and comes back; PostgreSQL dies and comes back; all while runs are under way. */
export async function loseStores(options: TrialOptions): Promise<Verdict> {
  const part = Math.ceil(options.runs / 3);
  return play(options, async ({ cluster, fire }) => {
    await fire(part);
    await cluster.redis.command('FLUSHALL');
    options.progress('wiped Redis');
    await fire(part);
    await cluster.redis.kill();
    options.progress('killed Redis');
    await fire(part);
    await pause(2_000);
    await cluster.redis.restart();
    cluster.postgres.restart();
    options.progress('started Redis and PostgreSQL anew');
    await untilFinished(cluster);
  });
}

/** An earlier version's web process and workers, killed and stopped one by one and replaced by this version's while runs are under way. */
export async function rollOut(options: TrialOptions & { readonly earlierProgram: string }): Promise<Verdict> {
  const { earlierProgram, progress } = options;
  const part = Math.ceil(options.runs / 4);
  return play(
    options,
    async ({ cluster, fire }) => {
      await fire(part);
      await cluster.startWorker('worker-3');
      progress('a new worker beside two earlier ones');
      await fire(part);
      await cluster.worker('worker-1').kill();
      await cluster.startWorker('worker-1');
      progress('an earlier worker killed and replaced');
      await fire(part);
      await cluster.replaceWeb();
      progress('the web process replaced');
      await fire(part);
      await cluster.worker('worker-2').interrupt();
      await cluster.startWorker('worker-2');
      progress('the last earlier worker stopped and replaced');
      await untilFinished(cluster);
    },
    earlierProgram,
  );
}

async function play(options: TrialOptions, act: (scene: Scene) => Promise<void>, program?: string): Promise<Verdict> {
  const upstream = await startLoggingUpstream(upstreamPauseMs);
  const cluster = await startCluster(workers, program);
  try {
    const accepted: Accepted[] = [];
    const gathering = await deployGathering(cluster.client);
    const flows = await deployAll(cluster, upstream);
    await act({ cluster, fire: (count) => fireMixed(flows, count, accepted) });
    options.progress(`claims by process: ${JSON.stringify(await cluster.audit.claims())}`);
    return await judge(accepted, upstream, cluster.audit, gathering);
  } finally {
    await cluster.dispose();
    await upstream.close();
  }
}

type Deployed = readonly { readonly flow: MixedFlow; readonly address: string }[];

async function deployAll(cluster: Cluster, upstream: LoggingUpstream): Promise<Deployed> {
  const deployed: { flow: MixedFlow; address: string }[] = [];
  for (const flow of mixedFlows(upstream.origin)) {
    deployed.push({ flow, address: await cluster.deploy(flow.name, flow.definition) });
  }
  return deployed;
}

/** One after the other in each of a few lanes, so that what was accepted is known. A start that fails was not acknowledged. */
async function fireMixed(flows: Deployed, count: number, accepted: Accepted[]): Promise<void> {
  const first = accepted.length;
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) {
      const chosen = flows[index % flows.length];
      if (chosen === undefined) return;
      const ticket = `${first + index}`;
      const runId = await startRun(chosen.address, { ticket }).catch(() => undefined);
      if (runId !== undefined) accepted.push({ ticket, runId, flow: chosen.flow });
    }
  };
  await Promise.all(Array.from({ length: 16 }, lane));
}

async function untilFinished(cluster: Cluster): Promise<void> {
  const unfinished = await unfinishedAfter(cluster, 240_000);
  if (unfinished > 0) throw new Error(`${unfinished} runs did not finish`);
}

/** A run into which two workers have written may never end: its records say that it has done what it never did. */
async function untilFinishedOrSpoilt(cluster: Cluster): Promise<void> {
  await unfinishedAfter(cluster, 40_000);
}

/** How many runs are left when all have finished, or the time is over. */
async function unfinishedAfter(cluster: Cluster, mostMs: number): Promise<number> {
  const deadlineMs = Date.now() + mostMs;
  for (;;) {
    const unfinished = await cluster.audit.unfinished().catch(() => 1);
    if (unfinished === 0 || Date.now() > deadlineMs) return unfinished;
    await pause(300);
  }
}

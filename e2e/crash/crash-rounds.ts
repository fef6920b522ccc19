import { callbackUrl, deployFlow } from '../platform/maker.ts';
import { freePort, type ServerProcess, startServerProcess } from '../platform/server-process.ts';
import { signInWithLink } from '../platform/signed-in-client.ts';
import { calledFlow, calledFlowName, type Journey, journeys } from './journeys.ts';
import { type Accepted, DoneActions, judge, Records, type Verdict } from './judge.ts';
import { startLoggingUpstream } from './logging-upstream.ts';

export type CrashOptions = {
  readonly kills: number;
  /** Runs that are started before each kill. */
  readonly runsPerKill: number;
  readonly progress: (text: string) => void;
};

export type CrashReport = Verdict & {
  readonly kills: number;
  /** Runs whose start was acknowledged, by what they do. */
  readonly accepted: { readonly [journey: string]: number };
  /** How many runs there were to go on with at the kills, all together. */
  readonly interrupted: number;
};

/** The longest time between the start of a server's runs and its end, in milliseconds. */
const longestLifeMs = 2_500;
/** The upstream takes up to this long to answer, so that calls are in flight at any moment. */
const longestAnswerMs = 300;

/**
 * Kills the server with `kill -9` again and again, at random moments, while runs of every kind are in flight: new ones and those that earlier kills have
 * interrupted. Then lets all of them end, and holds the platform's records against the upstream's own log.
 */
export async function runCrashRounds({ kills, runsPerKill, progress }: CrashOptions): Promise<CrashReport> {
  const upstream = await startLoggingUpstream(longestAnswerMs);
  const ports = {
    port: await freePort(),
    environment: { PATCHBAY_EXAMPLE_PORT: String(await freePort()), PATCHBAY_SEED: 'environment' },
  };
  let server = await startServerProcess(ports);
  const { dataFolder } = server;
  try {
    const client = await signInWithLink(server.signInLink());
    await deployFlow(client, calledFlowName, calledFlow(upstream.origin));
    const startUrls = new Map<string, string>();
    for (const { name, definition } of journeys) {
      const flow = await deployFlow(client, name, definition(upstream.origin));
      startUrls.set(name, await callbackUrl(client, flow, 'manual'));
    }
    const records = new Records(dataFolder);
    const done = new DoneActions();
    const accepted: Accepted[] = [];
    let interrupted = 0;
    for (let kill = 1; kill <= kills; kill += 1) {
      accepted.push(...(await fireAndKill(server, startUrls, kill, runsPerKill)));
      const left = records.unfinished();
      interrupted += left;
      done.note(records, upstream.calls.length);
      server = await startServerProcess({ ...ports, dataFolder });
      progress(`kill ${kill}: ${accepted.length} runs accepted so far, ${left} of them unfinished`);
    }
    await waitUntilFinished(records);
    const counts = Map.groupBy(accepted, ({ journey }) => journey.name);
    return {
      kills,
      accepted: Object.fromEntries([...counts].map(([name, runs]) => [name, runs.length])),
      interrupted,
      ...judge(accepted, records, done, upstream),
    };
  } finally {
    await server.dispose();
    await upstream.close();
  }
}

/** Starts runs of every kind and kills the server at a moment that nobody chose; answers those that were acknowledged. */
async function fireAndKill(
  server: ServerProcess,
  startUrls: ReadonlyMap<string, string>,
  kill: number,
  runs: number,
): Promise<readonly Accepted[]> {
  const accepted: Accepted[] = [];
  const fire = async (index: number): Promise<void> => {
    const journey: Journey | undefined = journeys[(kill + index) % journeys.length];
    if (journey === undefined) return;
    const ticket = `${kill}-${index}`;
    const response = await fetch(startUrls.get(journey.name) ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ticket }),
    });
    const runId = response.headers.get('x-ms-workflow-run-id');
    if (response.status === 202 && runId !== null) accepted.push({ ticket, runId, journey });
  };
  // A start that the kill cuts off was not acknowledged: nothing was promised.
  const fired = Promise.all(Array.from({ length: runs }, (_, index) => fire(index).catch(() => undefined)));
  await pause(Math.random() * longestLifeMs);
  await server.kill();
  await fired;
  // Requests that had left before the end are on the upstream's log by then.
  await pause(50);
  return accepted;
}

function pause(ms: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, ms));
}

async function waitUntilFinished(records: Records): Promise<void> {
  const deadlineMs = Date.now() + 240_000;
  for (let unfinished = records.unfinished(); unfinished > 0; unfinished = records.unfinished()) {
    if (Date.now() > deadlineMs) throw new Error(`${unfinished} runs did not finish`);
    await pause(200);
  }
}

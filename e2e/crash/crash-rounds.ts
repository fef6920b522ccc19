import { callbackUrl, deployFlow, liftLimits } from '../platform/maker.ts';
import { freePort, startServerProcess } from '../platform/server-process.ts';
import { type SignedInClient, signInWithLink } from '../platform/signed-in-client.ts';
import { areAllReleased, type BatchVerdict, deployGathering, gatheredBy, judgeBatches } from './batches.ts';
import { deedsOf } from './deeds.ts';
import { calledFlow, calledFlowName, type Journey, journeys } from './journeys.ts';
import { type Accepted, DoneActions, judge, Records, type Reference, type Verdict } from './judge.ts';
import { type LoggingUpstream, startLoggingUpstream } from './logging-upstream.ts';
import { Repeats, type RepeatVerdict } from './repeats.ts';
import { Retention, type RetentionVerdict } from './retention.ts';
import { pause, startRun } from './start-run.ts';
import { Stops, type StopVerdict } from './stops.ts';

export type CrashOptions = {
  readonly kills: number;
  /** Runs that are started before each kill, beside those that are stopped, repeated and deleted. */
  readonly runsPerKill: number;
  readonly progress: (text: string) => void;
};

export type CrashReport = {
  readonly kills: number;
  /** Runs whose start was acknowledged, by what they do. */
  readonly accepted: { readonly [journey: string]: number };
  /** How many runs there were to go on with at the kills, all together. */
  readonly interrupted: number;
  readonly runs: Verdict;
  /** Callbacks that were sent twice and taken twice. */
  readonly callbacksTwice: readonly string[];
  readonly batches: BatchVerdict;
  readonly stops: StopVerdict;
  readonly repeats: RepeatVerdict;
  readonly retention: RetentionVerdict;
};

/** The longest time between the start of a server's runs and its end, in milliseconds. */
const longestLifeMs = 2_500;
/** The upstream takes up to this long to answer, so that calls are in flight at any moment. */
const longestAnswerMs = 300;
/** The server, with runs deleted all the time. */
const program = 'e2e/crash/eager-retention.ts';

/**
 * Kills the server with `kill -9` again and again, at random moments, while runs of every kind are in flight: new ones and those that earlier kills have
 * interrupted. Some are stopped meanwhile, some repeated, some deleted. Then lets all of them end, and holds the platform's records against the upstream's
 * own log.
 */
export async function runCrashRounds({ kills, runsPerKill, progress }: CrashOptions): Promise<CrashReport> {
  const upstream = await startLoggingUpstream(longestAnswerMs);
  const ports = {
    port: await freePort(),
    environment: { PATCHBAY_EXAMPLE_PORT: String(await freePort()), PATCHBAY_SEED: 'environment' },
  };
  let server = await startServerProcess(ports);
  const { dataFolder } = server;
  const restart = async (): Promise<void> => {
    server = await startServerProcess({ ...ports, dataFolder, program });
  };
  try {
    const records = new Records(dataFolder);
    const client = await signInWithLink(server.signInLink());
    const scene = await deployAll(client, upstream, records, keptRuns(kills, runsPerKill));
    const reference = await runUndisturbed(scene, records);
    const done = new DoneActions();
    const accepted: Accepted[] = [];
    let interrupted = 0;
    const killNow = async (): Promise<void> => {
      await server.kill();
      // Requests that had left before the end are on the upstream's log by then.
      await pause(50);
      done.note(records, upstream.calls.length);
      scene.stops.note();
      scene.retention.note();
    };
    await server.kill();
    for (let kill = 1; kill <= kills; kill += 1) {
      await restart();
      const fired = fireAll(scene, kill, runsPerKill, accepted);
      await pause(Math.random() * longestLifeMs);
      await killNow();
      await fired;
      const left = records.unfinished();
      interrupted += left;
      progress(`kill ${kill}: ${accepted.length} runs accepted so far, ${left} runs unfinished`);
    }
    await restart();
    await finish(scene, records);
    await killNow();
    // As if a day had gone by: what killed rounds have left is looked for as well.
    records.change("delete from setting where name = 'contents-swept-at'");
    await restart();
    await until(
      () => scene.retention.isDone() && scene.retention.unreferenced() === 0,
      'contents of deleted runs',
    ).catch(() => progress('contents of deleted runs are left'));
    const counts = Map.groupBy(accepted, ({ journey }) => journey.name);
    return {
      kills,
      accepted: Object.fromEntries([...counts].map(([name, runs]) => [name, runs.length])),
      interrupted,
      runs: judge([...accepted, ...scene.repeats.accepted()], records, { done, upstream, reference }),
      batches: judgeBatches(
        accepted.flatMap(({ ticket, journey }) => (journey.name === 'batched messages' ? [ticket] : [])),
        records.all(gatheredBy(scene.gathering)),
      ),
      callbacksTwice: upstream.callbacksTakenTwice(),
      stops: scene.stops.verdict(),
      repeats: scene.repeats.verdict(),
      retention: scene.retention.verdict(),
    };
  } finally {
    await server.dispose();
    await upstream.close();
  }
}

/** How many ended runs of each flow are kept: more than there are of any but those that are here to be deleted. */
function keptRuns(kills: number, runsPerKill: number): number {
  const ofEach = Math.ceil((kills * runsPerKill) / journeys.length);
  // A run calls three times a flow that others call; of a batch there is one every four seconds besides.
  return 3 * ofEach + 3 * kills + 20;
}

type Scene = {
  readonly startUrls: ReadonlyMap<string, string>;
  /** The flow that gathers messages. */
  readonly gathering: string;
  readonly stops: Stops;
  readonly repeats: Repeats;
  readonly retention: Retention;
};

async function deployAll(
  client: SignedInClient,
  upstream: LoggingUpstream,
  records: Records,
  keptRunsPerFlow: number,
): Promise<Scene> {
  await liftLimits(client);
  await deployFlow(client, calledFlowName, calledFlow(upstream.origin));
  const gathering = await deployGathering(client);
  const startUrls = new Map<string, string>();
  for (const { name, definition } of journeys) {
    const flow = await deployFlow(client, name, definition(upstream.origin));
    startUrls.set(name, await callbackUrl(client, flow, 'manual'));
  }
  const stops = new Stops(client, upstream, records);
  const repeats = new Repeats(client, upstream, records);
  const retention = new Retention(client, upstream, records, keptRunsPerFlow);
  for (const one of [stops, repeats, retention]) await one.deploy();
  return { startUrls, gathering, stops, repeats, retention };
}

/** What a run of each kind does when nobody kills the server. */
async function runUndisturbed({ startUrls }: Scene, records: Records): Promise<Reference> {
  const started: { readonly name: string; readonly runId: string; readonly ticket: string }[] = [];
  for (const [index, { name }] of journeys.entries()) {
    const ticket = `undisturbed-${index}`;
    const runId = await startRun(startUrls.get(name) ?? '', { ticket });
    if (runId === undefined) throw new Error(`a run of "${name}" could not be started`);
    started.push({ name, runId, ticket });
  }
  await until(() => records.unfinished() === 0, 'the end of runs without kills');
  return new Map(started.map(({ name, runId, ticket }) => [name, deedsOf(records, runId, ticket)]));
}

/** Starts runs of every kind, as many as the kill lets through. What it cuts off was not acknowledged: nothing was promised. */
async function fireAll(scene: Scene, kill: number, runs: number, accepted: Accepted[]): Promise<void> {
  const fire = async (index: number): Promise<void> => {
    const journey: Journey | undefined = journeys[(kill + index) % journeys.length];
    if (journey === undefined) return;
    const ticket = `${kill}-${index}`;
    const runId = await startRun(scene.startUrls.get(journey.name) ?? '', { ticket });
    if (runId !== undefined) accepted.push({ ticket, runId, journey });
  };
  const firing = [
    ...Array.from({ length: runs }, (_, index) => fire(index)),
    scene.stops.fire(kill),
    scene.repeats.fire(kill),
    scene.retention.fire(kill),
  ];
  await Promise.all(firing.map((one) => one.catch(() => undefined)));
}

/** Lets all runs end, also those that have to be stopped or repeated before. */
async function finish({ stops, repeats, retention }: Scene, records: Records): Promise<void> {
  await stops.finish();
  const areFinished = (): boolean => records.unfinished() === 0 && areAllReleased(records);
  await until(areFinished, 'the end of all runs');
  await repeats.finish();
  await until(areFinished, 'the end of runs that are done again');
  await until(() => retention.isDone(), 'the deletion of runs');
}

async function until(isReached: () => boolean, what: string): Promise<void> {
  const deadlineMs = Date.now() + 240_000;
  while (!isReached()) {
    if (Date.now() > deadlineMs) throw new Error(`${what} did not come in time`);
    await pause(200);
  }
}

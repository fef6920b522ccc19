import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { callbackUrl, deployFlow } from '../platform/maker.ts';
import { freePort, type ServerProcess, startServerProcess } from '../platform/server-process.ts';
import { signInWithLink } from '../platform/signed-in-client.ts';
import { type LoggingUpstream, startLoggingUpstream } from './logging-upstream.ts';
import { ticketFlow, ticketSteps } from './ticket-flow.ts';

export type CrashOptions = {
  readonly rounds: number;
  readonly runsInFlight: number;
  readonly progress: (text: string) => void;
};

/** What the rounds showed. Every list is empty when all is well. */
export type CrashReport = {
  readonly rounds: number;
  /** Runs whose start was acknowledged. */
  readonly accepted: number;
  /** How many of them were unfinished when the process was killed. */
  readonly interrupted: number;
  /** Calls that were in flight at a kill and were made again, with the same idempotency key and a note in the history. */
  readonly repeatedUnresolved: number;
  readonly lost: readonly string[];
  readonly incomplete: readonly string[];
  readonly repeatedRecorded: readonly string[];
  readonly repeatedSilently: readonly string[];
};

/**
 * Kills the server with `kill -9` at a random moment while many runs are in flight, starts it again on the same data, waits for
 * the runs to finish and compares the platform's records with the upstream's own log.
 */
export async function runCrashRounds(options: CrashOptions): Promise<CrashReport> {
  const upstream = await startLoggingUpstream();
  const ports = {
    port: await freePort(),
    environment: { PATCHBAY_EXAMPLE_PORT: String(await freePort()), PATCHBAY_SEED: 'environment' },
  };
  let server = await startServerProcess(ports);
  const { dataFolder } = server;
  try {
    const client = await signInWithLink(server.signInLink());
    const flow = await deployFlow(client, 'Tickets', ticketFlow(upstream.origin));
    const startUrl = await callbackUrl(client, flow, 'manual');
    let report = emptyReport;
    for (let round = 1; round <= options.rounds; round += 1) {
      const accepted = await fireAndKill(server, startUrl, round, options.runsInFlight);
      const recorded = readRecords(dataFolder);
      const callsBefore = upstream.calls.length;
      server = await startServerProcess({ ...ports, dataFolder });
      await waitUntilFinished(dataFolder);
      report = add(report, judge({ accepted, recorded, upstream, callsBefore, dataFolder }));
      options.progress(`round ${round}: ${accepted.size} accepted, ${report.interrupted} interrupted so far`);
    }
    return report;
  } finally {
    await server.dispose();
    await upstream.close();
  }
}

/** Starts runs as fast as they are taken and kills the server at a moment that nobody chose; answers ticket → run id of those acknowledged. */
async function fireAndKill(
  server: ServerProcess,
  startUrl: string,
  round: number,
  runsInFlight: number,
): Promise<ReadonlyMap<string, string>> {
  const accepted = new Map<string, string>();
  const fire = async (index: number): Promise<void> => {
    const ticket = `${round}-${index}`;
    const response = await fetch(startUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ticket }),
    });
    const runId = response.headers.get('x-ms-workflow-run-id');
    if (response.status === 202 && runId !== null) accepted.set(ticket, runId);
  };
  // A start that the kill cuts off was not acknowledged: nothing was promised.
  const fired = Promise.all(Array.from({ length: runsInFlight }, (_, index) => fire(index).catch(() => undefined)));
  // Every other round all are taken first; and then at any moment.
  const enough = round % 2 === 0 ? runsInFlight : 1 + Math.floor(Math.random() * runsInFlight);
  const everything = fired.then(() => true);
  while (accepted.size < enough && !(await Promise.race([everything, pause(5).then(() => false)])));
  await pause(Math.random() * 300);
  await server.kill();
  await fired;
  return accepted;
}

function pause(ms: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, ms));
}

type RecordedAction = {
  readonly run: string;
  readonly action: string;
  readonly iteration: string;
  readonly status: string;
};

function readRecords(dataFolder: string): readonly RecordedAction[] {
  using database = openDatabase(dataFolder);
  return database
    .all('select run_id as run, action, iteration, status from action_record')
    .map((row) => row as RecordedAction);
}

function openDatabase(dataFolder: string): { all: (sql: string) => readonly unknown[]; [Symbol.dispose]: () => void } {
  const database = new DatabaseSync(join(dataFolder, 'patchbay.db'), { timeout: 10_000 });
  return { all: (sql) => database.prepare(sql).all(), [Symbol.dispose]: () => database.close() };
}

async function waitUntilFinished(dataFolder: string): Promise<void> {
  const deadlineMs = Date.now() + 120_000;
  for (;;) {
    using database = openDatabase(dataFolder);
    const unfinished = database.all("select run_id from run where status in ('Running', 'Waiting')").length;
    if (unfinished === 0) return;
    if (Date.now() > deadlineMs) throw new Error(`${unfinished} runs did not finish`);
    await pause(200);
  }
}

type Evidence = {
  readonly accepted: ReadonlyMap<string, string>;
  readonly recorded: readonly RecordedAction[];
  readonly upstream: LoggingUpstream;
  readonly callsBefore: number;
  readonly dataFolder: string;
};

function judge({ accepted, recorded, upstream, callsBefore, dataFolder }: Evidence): CrashReport {
  using database = openDatabase(dataFolder);
  const statuses = new Map(
    database.all('select run_id as run, status from run').map((row) => {
      const { run, status } = row as { readonly run: string; readonly status: string };
      return [run, status];
    }),
  );
  const told = new Set(
    database
      .all('select run_id as run, action, iteration from action_record where retry_history is not null')
      .map((row) => actionKey(row as RecordedAction)),
  );
  const finishedBefore = new Set(recorded.filter((one) => one.status === 'Succeeded').map(actionKey));
  const closedBefore = new Set(recorded.filter((one) => one.action === 'Result').map((one) => one.run));
  const report = {
    ...emptyReport,
    rounds: 1,
    accepted: accepted.size,
    lost: [] as string[],
    incomplete: [] as string[],
    repeatedRecorded: [] as string[],
    repeatedSilently: [] as string[],
  };
  for (const [ticket, run] of accepted) {
    if (!closedBefore.has(run)) report.interrupted += 1;
    if (!statuses.has(run)) report.lost.push(ticket);
    else if (statuses.get(run) !== 'Succeeded') report.incomplete.push(`${ticket}: ${statuses.get(run)}`);
    for (const step of ticketSteps) {
      const calls = upstream.calls
        .map((call, index) => ({ ...call, index }))
        .filter((call) => call.ticket === ticket && call.step === step);
      const key = stepKey(run, step);
      if (calls.length === 0) report.incomplete.push(`${ticket}: ${step} was never called`);
      if (calls.some((call) => call.index >= callsBefore) && finishedBefore.has(key))
        report.repeatedRecorded.push(`${ticket}: ${step}`);
      if (calls.length < 2) continue;
      const keys = new Set(calls.map((call) => call.idempotencyKey));
      if (keys.size !== 1 || keys.has(undefined) || !told.has(key)) report.repeatedSilently.push(`${ticket}: ${step}`);
      else report.repeatedUnresolved += 1;
    }
  }
  return report;
}

function actionKey({ run, action, iteration }: Pick<RecordedAction, 'run' | 'action' | 'iteration'>): string {
  return `${run}/${action}/${iteration}`;
}

/** The record's key of a step: parts are iterations of one action. */
function stepKey(run: string, step: string): string {
  const part = /^part-(\d)$/.exec(step)?.[1];
  if (part !== undefined)
    return actionKey({ run, action: 'Part', iteration: String(Number(part) - 1).padStart(6, '0') });
  return actionKey({ run, action: step === 'open' ? 'Open' : 'Close', iteration: '' });
}

const emptyReport: CrashReport & { interrupted: number; repeatedUnresolved: number } = {
  rounds: 0,
  accepted: 0,
  interrupted: 0,
  repeatedUnresolved: 0,
  lost: [],
  incomplete: [],
  repeatedRecorded: [],
  repeatedSilently: [],
};

function add(left: CrashReport, right: CrashReport): typeof emptyReport {
  return {
    rounds: left.rounds + right.rounds,
    accepted: left.accepted + right.accepted,
    interrupted: left.interrupted + right.interrupted,
    repeatedUnresolved: left.repeatedUnresolved + right.repeatedUnresolved,
    lost: [...left.lost, ...right.lost],
    incomplete: [...left.incomplete, ...right.incomplete],
    repeatedRecorded: [...left.repeatedRecorded, ...right.repeatedRecorded],
    repeatedSilently: [...left.repeatedSilently, ...right.repeatedSilently],
  };
}

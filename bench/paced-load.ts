import { Client, type Dispatcher } from 'undici';
import { cpuMs, type Load, type LoadResult, type Measured, percentile } from './measure.ts';

/** So many requests a second, evenly over time and over the connections. */
export type PacedLoad = {
  readonly seconds: number;
  readonly connections: number;
  readonly requestsPerSecond: number;
};

/**
 * Sends requests at their times, whether those before are answered or not, so that what is measured is the time of a call and not of a
 * queue that the load itself makes.
 */
export async function applyPacedLoad(
  target: Measured,
  load: Load,
  { seconds, connections, requestsPerSecond }: PacedLoad,
): Promise<LoadResult> {
  const { origin, pathname, search } = new URL(load.url);
  const clients = Array.from({ length: connections }, () => new Client(origin));
  const { method, headers } = load;
  const options = { method, path: pathname + search, headers: { ...headers }, body: load.body ?? null };
  const latenciesMs: number[] = [];
  let failures = 0;
  const pid = target.child.pid ?? 0;
  const cpuBefore = cpuMs(pid);
  const startedMs = performance.now();
  const total = seconds * requestsPerSecond;
  const answers: Promise<void>[] = [];
  while (answers.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - startedMs) / 1000) * requestsPerSecond));
    while (answers.length < due) {
      const client = clients[answers.length % connections];
      if (client === undefined) throw new Error('there is no connection');
      const sentMs = performance.now();
      const answer = ask(client, options).then(
        (status) => {
          if (status >= 200 && status < 300) latenciesMs.push(performance.now() - sentMs);
          else failures += 1;
        },
        () => {
          failures += 1;
        },
      );
      answers.push(answer);
    }
    await new Promise((wake) => setTimeout(wake, 1));
  }
  await Promise.all(answers);
  const elapsedSeconds = (performance.now() - startedMs) / 1000;
  const cpuAfter = cpuMs(pid);
  await Promise.all(clients.map((client) => client.close()));
  const sorted = Float64Array.from(latenciesMs).sort();
  return {
    requestsPerSecond: sorted.length / elapsedSeconds,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    cpuMsPerRequest: (cpuAfter - cpuBefore) / Math.max(1, sorted.length),
    failures,
  };
}

/** Resolves with the status when all of the answer has come. */
function ask(client: Client, options: Dispatcher.DispatchOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    let status = 0;
    client.dispatch(options, {
      onRequestStart: () => undefined,
      onResponseStart: (_controller, statusCode) => {
        status = statusCode;
      },
      onResponseData: () => undefined,
      onResponseEnd: () => resolve(status),
      onResponseError: (_controller, error) => reject(error),
    });
  });
}

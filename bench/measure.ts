import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import autocannon from 'autocannon';

/** A process under measurement. */
export type Measured = { readonly origin: string; readonly child: ChildProcess };

/** Starts one of the processes beside this file and resolves once it listens. */
export async function startProcess(name: string, ...processArguments: readonly string[]): Promise<Measured> {
  const child = fork(join(import.meta.dirname, 'processes', `${name}.ts`), [...processArguments], { stdio: 'inherit' });
  const origin = await new Promise<string>((settle, fail) => {
    child.once('message', (message) => settle((message as { readonly origin: string }).origin));
    child.once('exit', (code) => fail(new Error(`${name} ended with code ${code}`)));
  });
  return { origin, child };
}

/** Requests of one kind. */
export type Load = {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
};

export type LoadResult = {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** User and system time of the measured process for one good answer. */
  readonly cpuMsPerRequest: number;
  readonly failures: number;
};

/** As many requests as are answered, each connection sending its next when it has its answer. */
export type Pace = {
  readonly seconds: number;
  readonly connections: number;
};

/** Loads a process for some seconds and reads what it cost. Latencies are of answers that came, in the resolution of the clock. */
export async function applyLoad(target: Measured, load: Load, pace: Pace): Promise<LoadResult> {
  const { seconds, connections } = pace;
  const latenciesMs: number[] = [];
  const cpuBefore = cpuMs(target.child.pid ?? 0);
  const options = {
    ...load,
    headers: { ...load.headers },
    connections,
    duration: seconds,
  };
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const running = autocannon(options, (error, ended) => (error === null ? resolve(ended) : reject(error)));
    running.on('response', (_client, _status, _bytes, latencyMs) => latenciesMs.push(latencyMs));
  });
  const cpuAfter = cpuMs(target.child.pid ?? 0);
  const good = result['2xx'];
  const sorted = Float64Array.from(latenciesMs).sort();
  return {
    requestsPerSecond: good / result.duration,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    cpuMsPerRequest: (cpuAfter - cpuBefore) / Math.max(1, good),
    failures: result.non2xx + result.errors + result.timeouts,
  };
}

/** What a share of sorted values is not above. */
export function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}

/** User and system time of a process so far, from the kernel's accounting (proc(5), fields 14 and 15, 10 ms ticks). */
export function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Proportional set size: what a process holds, shared pages counted by share. */
export function memoryMb(pid: number): number {
  const line = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  return Number(line) / 1024;
}

/** Loads a process in a way. */
type Apply<P> = (target: Measured, load: Load, pace: P) => Promise<LoadResult>;

/** A process and what it is loaded with. */
export type Side = { readonly target: Measured; readonly load: Load };

export type Comparison = {
  readonly product: LoadResult;
  readonly baseline: LoadResult;
  readonly ratio: number;
  /** The median over the rounds of how much later the product's slowest hundredth is than the baseline's. */
  readonly addedP99Ms: number;
};

/**
 * Measures two processes in turns, so that what else the machine does falls on both, and answers the medians.
 */
export async function compare<P extends { readonly seconds: number }>(
  product: Side,
  baseline: Side,
  { rounds, pace, apply }: { readonly rounds: number; readonly pace: P; readonly apply: Apply<P> },
): Promise<Comparison> {
  const results = { product: [] as LoadResult[], baseline: [] as LoadResult[] };
  await apply(baseline.target, baseline.load, { ...pace, seconds: 1 });
  await apply(product.target, product.load, { ...pace, seconds: 2 });
  for (let round = 0; round < rounds; round += 1) {
    results.baseline.push(await apply(baseline.target, baseline.load, pace));
    results.product.push(await apply(product.target, product.load, pace));
  }
  const ours = medianOf(results.product);
  const bare = medianOf(results.baseline);
  const added = results.product.map(({ p99Ms }, round) => p99Ms - (results.baseline[round]?.p99Ms ?? Number.NaN));
  return {
    product: ours,
    baseline: bare,
    ratio: ours.requestsPerSecond / bare.requestsPerSecond,
    addedP99Ms: added.toSorted((left, right) => left - right)[Math.floor(added.length / 2)] ?? Number.NaN,
  };
}

function medianOf(results: readonly LoadResult[]): LoadResult {
  const sorted = results.toSorted((left, right) => left.requestsPerSecond - right.requestsPerSecond);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return { ...middle, failures: results.reduce((sum, one) => sum + one.failures, 0) };
}

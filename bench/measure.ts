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

/** Loads a process for some seconds and reads what it cost. */
export async function applyLoad(
  target: Measured,
  load: Load,
  seconds: number,
  connections: number,
): Promise<LoadResult> {
  const cpuBefore = cpuMs(target.child.pid ?? 0);
  const result = await autocannon({ ...load, headers: { ...load.headers }, connections, duration: seconds });
  const cpuAfter = cpuMs(target.child.pid ?? 0);
  const good = result['2xx'];
  return {
    requestsPerSecond: good / result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    cpuMsPerRequest: (cpuAfter - cpuBefore) / Math.max(1, good),
    failures: result.non2xx + result.errors + result.timeouts,
  };
}

/** User and system time of a process so far, from the kernel's accounting (proc(5), fields 14 and 15, 10 ms ticks). */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Proportional set size: what a process holds, shared pages counted by share. */
export function memoryMb(pid: number): number {
  const line = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  return Number(line) / 1024;
}

/**
 * Measures two processes in turns, so that what else the machine does falls on both, and answers the medians.
 */
export async function compare(
  product: { readonly target: Measured; readonly load: Load },
  baseline: { readonly target: Measured; readonly load: Load },
  options: { readonly rounds: number; readonly seconds: number; readonly connections: number },
): Promise<{ readonly product: LoadResult; readonly baseline: LoadResult; readonly ratio: number }> {
  const results = { product: [] as LoadResult[], baseline: [] as LoadResult[] };
  await applyLoad(baseline.target, baseline.load, 1, options.connections);
  await applyLoad(product.target, product.load, 2, options.connections);
  for (let round = 0; round < options.rounds; round += 1) {
    results.baseline.push(await applyLoad(baseline.target, baseline.load, options.seconds, options.connections));
    results.product.push(await applyLoad(product.target, product.load, options.seconds, options.connections));
  }
  const ours = medianOf(results.product);
  const bare = medianOf(results.baseline);
  return { product: ours, baseline: bare, ratio: ours.requestsPerSecond / bare.requestsPerSecond };
}

function medianOf(results: readonly LoadResult[]): LoadResult {
  const sorted = results.toSorted((left, right) => left.requestsPerSecond - right.requestsPerSecond);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return { ...middle, failures: results.reduce((sum, one) => sum + one.failures, 0) };
}

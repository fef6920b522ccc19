import { loadavg } from 'node:os';
import { measureExpressions } from './expressions.ts';
import { type FlowRows, measureFlows } from './flows.ts';
import { type LoopRows, measureLoops } from './loops.ts';
import { applyLoad, type Comparison, compare, memoryMb, startProcess } from './measure.ts';
import { applyPacedLoad } from './paced-load.ts';
import { startPlatform } from './platform.ts';
import { type BenchReport, printExpressions, printFlows, printLoops, printReport } from './report.ts';
import { streamFiles } from './stream-files.ts';

/**
 * `npm run bench [-- --format json]`: everything in one run on one machine, as ratios against a bare baseline. `-- expressions` measures
 * expressions alone, in seconds; `-- flows` flows alone, in a minute. `--peers <folder>` names where other products are installed.
 */

const load = { rounds: 3, pace: { seconds: 4, connections: 20 }, apply: applyLoad };
const wideLoad = { ...load, pace: { seconds: 4, connections: 50 } };
/** A quarter of what the platform can do on two cores. */
const pacedLoad = {
  rounds: 5,
  pace: { seconds: 4, connections: 50, requestsPerSecond: 5000 },
  apply: applyPacedLoad,
};
const fileMegabytes = 1024;

const isJson = process.argv.includes('json') || process.argv.includes('--format=json');
const peersAt = process.argv.indexOf('--peers');
const peers = peersAt === -1 ? process.env['PATCHBAY_BENCH_PEERS'] : process.argv[peersAt + 1];

/** Flows alone. */
async function measureFlowsOnly(
  progress: (text: string) => void,
): Promise<FlowRows & Pick<BenchReport, 'loadAverageBefore'>> {
  const loadAverageBefore = loadavg()[0] ?? 0;
  const upstream = await startProcess('upstream');
  const platform = await startPlatform(upstream.origin);
  const webhook = await startProcess('webhook-baseline', upstream.origin);
  try {
    const flows = await measureFlows({ platform, webhook, upstreamOrigin: upstream.origin, peers }, progress);
    return { loadAverageBefore, ...flows };
  } finally {
    for (const { child } of [upstream, webhook]) child.disconnect();
    await platform.server.dispose();
  }
}

/** Loops, long runs and sleeping runs. */
async function measureLoopsOnly(
  progress: (text: string) => void,
): Promise<LoopRows & Pick<BenchReport, 'loadAverageBefore'>> {
  const loadAverageBefore = loadavg()[0] ?? 0;
  const upstream = await startProcess('upstream');
  const platform = await startPlatform(upstream.origin);
  const caller = await startProcess('bare-caller', upstream.origin);
  try {
    const loops = await measureLoops({ platform, caller, upstreamOrigin: upstream.origin }, progress);
    return { loadAverageBefore, ...loops };
  } finally {
    for (const { child } of [upstream, caller]) child.disconnect();
    await platform.server.dispose();
  }
}

async function measureAll(progress: (text: string) => void): Promise<BenchReport> {
  const loadAverageBefore = loadavg()[0] ?? 0;
  progress('evaluations of an expression');
  const expressions = { aim: 0.2, ...measureExpressions() };
  const upstream = await startProcess('upstream');
  const platform = await startPlatform(upstream.origin);
  const target = { origin: platform.server.origin, child: platform.server.child };
  const proxy = await startProcess('pass-through-proxy', upstream.origin);
  const webhook = await startProcess('webhook-baseline', upstream.origin);
  const { cookie = '' } = platform.client.headers;
  const key = { 'x-api-key': 'a-key-for-the-bench' };
  const through = (path: string) => ({
    target,
    load: { url: `${target.origin}${path}/orders/42`, method: 'GET', headers: { cookie } } as const,
  });
  const bare = {
    target: proxy,
    load: { url: `${proxy.origin}/orders/42`, method: 'GET', headers: key } as const,
  };
  try {
    await new Promise((wake) => setTimeout(wake, 3000));
    const memoryIdleMb = { value: memoryMb(target.child.pid ?? 0), aim: 150 };
    progress('connector call through the runtime API');
    const call = await compare(through(platform.runtimePath), bare, load);
    progress('connector call with three policies');
    const policedCall = await compare(through(platform.policedPath), bare, load);
    progress('connector call with three policies over 50 connections, at one rate');
    const latency = await compare(through(platform.policedPath), bare, pacedLoad);
    progress('connector call with three policies over 50 connections, as fast as it goes');
    const busyLatency = await compare(through(platform.policedPath), bare, wideLoad);
    const flows = await measureFlows({ platform, webhook, upstreamOrigin: upstream.origin, peers }, progress);
    progress('a file of 1 GB down and up');
    const place = {
      target,
      url: `${target.origin}${platform.policedPath}/files/{bytes}`,
      headers: platform.client.headers,
    };
    const files = await streamFiles(place, fileMegabytes);
    const bareFiles = await streamFiles(
      { target: proxy, url: `${proxy.origin}/files/{bytes}`, headers: key },
      fileMegabytes,
    );
    const row = (aim: number, comparison: Comparison) => ({ aim, ...comparison });
    return {
      loadAverageBefore,
      call: row(0.6, call),
      policedCall: row(0.6, policedCall),
      latency: row(2, latency),
      busyLatency,
      ...flows,
      expressions,
      fileDown: { aim: 100, product: files.down, baseline: bareFiles.down },
      fileUp: { aim: 100, product: files.up, baseline: bareFiles.up },
      memoryIdleMb,
    };
  } finally {
    for (const { child } of [upstream, proxy, webhook]) child.disconnect();
    await platform.server.dispose();
  }
}

function tell(text: string): void {
  process.stderr.write(`measuring ${text} …\n`);
}

if (process.argv.includes('expressions')) {
  const expressions = { aim: 0.2, ...measureExpressions() };
  if (isJson) console.log(JSON.stringify({ expressions }, null, 2));
  else printExpressions(expressions);
} else if (process.argv.includes('flows')) {
  const flows = await measureFlowsOnly(tell);
  if (isJson) console.log(JSON.stringify(flows, null, 2));
  else printFlows(flows);
} else if (process.argv.includes('loops')) {
  const loops = await measureLoopsOnly(tell);
  if (isJson) console.log(JSON.stringify(loops, null, 2));
  else printLoops(loops);
} else {
  const report = await measureAll(tell);
  if (isJson) console.log(JSON.stringify(report, null, 2));
  else printReport(report);
}

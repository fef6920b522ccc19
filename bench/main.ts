import { measureCompose } from './compose-runs.ts';
import { compare, type LoadResult, memoryMb, startProcess } from './measure.ts';
import { startPlatform } from './platform.ts';

/** `npm run bench [-- --format json]`: everything in one run on one machine, as ratios against a bare baseline. */
type BenchReport = {
  readonly call: Row;
  readonly durableFlow: Row;
  readonly composeRuns: {
    readonly ratio: number;
    readonly aim: number;
    readonly runsPerSecond: number;
    readonly baselineRunsPerSecond: number;
    readonly cpuMsPerRun: number;
  };
  readonly memoryIdleMb: { readonly value: number; readonly aim: number };
};

type Row = {
  readonly ratio: number;
  readonly aim: number;
  readonly product: LoadResult;
  readonly baseline: LoadResult;
};

const load = { rounds: 3, seconds: 4, connections: 20 };

async function measureAll(progress: (text: string) => void): Promise<BenchReport> {
  const upstream = await startProcess('upstream');
  const platform = await startPlatform(upstream.origin);
  const target = { origin: platform.server.origin, child: platform.server.child };
  const proxy = await startProcess('pass-through-proxy', upstream.origin);
  const webhook = await startProcess('webhook-baseline', upstream.origin);
  try {
    await new Promise((wake) => setTimeout(wake, 3000));
    const memoryIdleMb = { value: memoryMb(target.child.pid ?? 0), aim: 150 };
    progress('connector call through the runtime API');
    const { cookie = '' } = platform.client.headers;
    const call = await compare(
      { target, load: { url: `${target.origin}${platform.runtimePath}`, method: 'GET', headers: { cookie } } },
      {
        target: proxy,
        load: { url: `${proxy.origin}/orders/42`, method: 'GET', headers: { 'x-api-key': 'a-key-for-the-bench' } },
      },
      load,
    );
    progress('durable flow: webhook, connector call, transform, respond');
    const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"orderId":42}' } as const;
    const durableFlow = await compare(
      { target, load: { url: platform.callbackUrl, ...post } },
      { target: webhook, load: { url: webhook.origin, ...post } },
      load,
    );
    progress('runs of ten Composes');
    const composeRuns = { aim: 0.3, ...(await measureCompose()) };
    return { call: { aim: 0.6, ...call }, durableFlow: { aim: 0.25, ...durableFlow }, composeRuns, memoryIdleMb };
  } finally {
    for (const { child } of [upstream, proxy, webhook]) child.disconnect();
    await platform.server.dispose();
  }
}

function print(report: BenchReport): void {
  const line = (title: string, row: Row): void => {
    const { product, baseline } = row;
    console.log(
      `${title.padEnd(44)} ${row.ratio.toFixed(2)} (aim ${row.aim})  ${product.requestsPerSecond.toFixed(0)}/s against ${baseline.requestsPerSecond.toFixed(0)}/s, ${product.cpuMsPerRequest.toFixed(3)} against ${baseline.cpuMsPerRequest.toFixed(3)} ms CPU, ${product.failures + baseline.failures} failures`,
    );
  };
  line('connector call ÷ bare undici proxy', report.call);
  line('durable flow ÷ bare node:http server', report.durableFlow);
  const { composeRuns, memoryIdleMb } = report;
  console.log(
    `${'10-Compose runs ÷ raw SQLite inserts'.padEnd(44)} ${composeRuns.ratio.toFixed(2)} (aim ${composeRuns.aim})  ${composeRuns.runsPerSecond.toFixed(0)}/s against ${composeRuns.baselineRunsPerSecond.toFixed(0)}/s, ${composeRuns.cpuMsPerRun.toFixed(3)} ms CPU a run`,
  );
  console.log(`${'memory idle'.padEnd(44)} ${memoryIdleMb.value.toFixed(0)} MB (aim below ${memoryIdleMb.aim})`);
}

const isJson = process.argv.includes('json') || process.argv.includes('--format=json');
const report = await measureAll((text) => process.stderr.write(`measuring ${text} …\n`));
if (isJson) console.log(JSON.stringify(report, null, 2));
else print(report);

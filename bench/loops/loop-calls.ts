import { callbackUrl, createConnection, createConnector, deployFlow } from '../../e2e/platform/maker.ts';
import { cpuMs, type Measured } from '../measure.ts';
import { callsFlow, orderDefinition } from '../order-connector.ts';
import type { BenchPlatform } from '../platform.ts';

/** How long so many calls took, and the CPU time of one, over the rounds; medians. */
type Taken = { readonly ms: number; readonly cpuMsPerCall: number };

export type CallsResult = {
  /** Of the times: the platform's over the bare caller's. */
  readonly ratio: number;
  readonly product: Taken;
  readonly baseline: Taken;
};

export type CallsPlace = {
  readonly platform: BenchPlatform;
  /** Runs as `processes/bare-caller.ts`. */
  readonly caller: Measured;
  readonly upstreamOrigin: string;
};

const rounds = 5;
/** Until both run compiled code. */
const warmUps = 2;
const count = 5000;

/** A Foreach of one connector call, fifty at a time, against a program that makes the same calls, as many at a time. */
export async function measureCalls(
  { platform, caller, upstreamOrigin }: CallsPlace,
  operation: 'GetOrder' | 'GetLateOrder',
): Promise<CallsResult> {
  const { client, server } = platform;
  const openApiDefinition = orderDefinition(upstreamOrigin);
  const connectionParameters = { api_key: { type: 'securestring' } };
  const connector = await createConnector(client, { openApiDefinition, connectionParameters });
  const connection = await createConnection(client, connector, { api_key: 'a-key-for-the-bench' });
  const flow = await deployFlow(client, `Many calls of ${operation}`, callsFlow(connector, operation), {
    orders: { connector, connection },
  });
  const url = await callbackUrl(client, flow, 'manual');
  const path = operation === 'GetOrder' ? '/orders/' : '/late/orders/';
  const sides = {
    baseline: () => timed(caller, () => callBare(caller, path, count)),
    product: () => timed({ origin: server.origin, child: server.child }, () => callFlow(url, count)),
  };
  for (let round = 0; round < warmUps; round += 1) {
    await sides.baseline();
    await sides.product();
  }
  const results = { product: [] as Taken[], baseline: [] as Taken[] };
  for (let round = 0; round < rounds; round += 1) {
    results.baseline.push(await sides.baseline());
    results.product.push(await sides.product());
  }
  const [product, baseline] = [medianOf(results.product), medianOf(results.baseline)];
  return { ratio: product.ms / baseline.ms, product, baseline };
}

async function timed({ child }: Measured, work: () => Promise<void>): Promise<Taken> {
  const pid = child.pid ?? 0;
  const cpuBefore = cpuMs(pid);
  const startedMs = performance.now();
  await work();
  return { ms: performance.now() - startedMs, cpuMsPerCall: (cpuMs(pid) - cpuBefore) / count };
}

async function callFlow(url: string, calls: number): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ count: calls }) });
  if (!answer.ok) throw new Error(`the flow answered ${answer.status} ${await answer.text()}`);
  await answer.arrayBuffer();
}

function callBare({ child }: Measured, path: string, calls: number): Promise<void> {
  return new Promise((resolve) => {
    child.once('message', () => resolve());
    child.send({ path, count: calls });
  });
}

function medianOf(results: readonly Taken[]): Taken {
  const sorted = results.toSorted((left, right) => left.ms - right.ms);
  return sorted[Math.floor(sorted.length / 2)] ?? { ms: Number.NaN, cpuMsPerCall: Number.NaN };
}

import { measureCompose } from './compose-runs.ts';
import { type EventLoopBlocks, takeEventLoopBlocks } from './event-loop.ts';
import { applyLoad, type Comparison, compare, type Measured } from './measure.ts';
import { startNodeRed } from './peers/node-red.ts';
import type { BenchPlatform } from './platform.ts';

/** A flow that answers its caller, against the same by hand. */
export type FlowRow = Comparison & {
  /** CPU time of a run beyond what the bare server spends for the same answer. */
  readonly cpuMsBeyond: { readonly value: number; readonly aim: number };
  /** While the product was loaded. */
  readonly eventLoopBlocks: EventLoopBlocks;
};

export type FlowRows = {
  readonly durableFlow: FlowRow & { readonly aim: number };
  readonly statelessFlow: FlowRow;
  readonly composeRuns: { readonly aim: number } & Awaited<ReturnType<typeof measureCompose>>;
  /** The same flow on Node-RED, which keeps nothing, against the same bare server; absent where it is not at hand. */
  readonly nodeRed?: Comparison;
};

export type FlowsPlace = {
  readonly platform: BenchPlatform;
  /** The same by hand. */
  readonly webhook: Measured;
  readonly upstreamOrigin: string;
  /** A folder in which other products are installed. */
  readonly peers: string | undefined;
};

const load = { rounds: 3, pace: { seconds: 4, connections: 20 }, apply: applyLoad };
const order = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"orderId":42}' } as const;

/** Webhook, connector call, transform, respond; and runs of ten Composes. */
export async function measureFlows(place: FlowsPlace, progress: (text: string) => void): Promise<FlowRows> {
  const { platform, upstreamOrigin, peers } = place;
  progress('durable flow: webhook, connector call, transform, respond');
  const durableFlow = await measureFlow(place, platform.callbackUrl, 0.6);
  progress('stateless flow: the same, and nothing is kept');
  const statelessFlow = await measureFlow(place, platform.statelessCallbackUrl, 0.35);
  progress('runs of ten Composes');
  const composeRuns = { aim: 0.4, ...(await measureCompose()) };
  const rows = { durableFlow: { aim: 0.3, ...durableFlow }, statelessFlow, composeRuns };
  const nodeRed = peers === undefined ? undefined : await startNodeRed(peers, upstreamOrigin);
  if (nodeRed === undefined) return rows;
  progress('the same flow on Node-RED');
  try {
    const url = `${nodeRed.origin}/orders`;
    return { ...rows, nodeRed: await compare({ target: nodeRed, load: { url, ...order } }, bareSide(place), load) };
  } finally {
    await nodeRed.dispose();
  }
}

async function measureFlow(place: FlowsPlace, url: string, cpuAim: number): Promise<FlowRow> {
  const { server } = place.platform;
  const target = { origin: server.origin, child: server.child };
  await takeEventLoopBlocks(server);
  const comparison = await compare({ target, load: { url, ...order } }, bareSide(place), load);
  const beyond = comparison.product.cpuMsPerRequest - comparison.baseline.cpuMsPerRequest;
  return {
    ...comparison,
    cpuMsBeyond: { value: beyond, aim: cpuAim },
    eventLoopBlocks: await takeEventLoopBlocks(server),
  };
}

function bareSide({ webhook }: FlowsPlace) {
  return { target: webhook, load: { url: webhook.origin, ...order } };
}

import { randomUUID } from 'node:crypto';
import { openRedisDispatcher } from '@patchbay/dispatch';
import type { Store } from '@patchbay/store';
import { type Clock, createEmbeddedDispatcher, type Dispatcher, type EngineLogger } from '@patchbay/workflow';
import type { Configuration } from './configuration/configuration.ts';

/** How long a run belongs to one of several processes without a sign of life: soon after, another takes it over. */
const sharedLeaseMs = 5_000;

/** How far clocks may be apart without a word. */
const allowedClockMs = 1_000;

export type Dispatch = { readonly dispatcher: Dispatcher; readonly leaseMs?: number };

/** What tells this process which runs to advance: its own store, or what it shares with others. */
export async function openDispatch(
  { redisUrl }: Configuration,
  store: Store,
  clock: Clock,
  logger: EngineLogger,
): Promise<Dispatch> {
  const { notices, runs } = store;
  if (notices === undefined) return { dispatcher: createEmbeddedDispatcher(clock, runs) };
  await compareClocks(store, logger);
  const dispatcher =
    redisUrl === undefined
      ? createEmbeddedDispatcher(clock, runs, { shared: { notices } })
      : await openRedisDispatcher({ url: redisUrl, installation: await installationId(store), clock, runs, logger });
  return { dispatcher, leaseMs: sharedLeaseMs };
}

/** Leases are times: a clock that is ahead takes runs from living processes, one behind leaves them to dead ones. */
async function compareClocks(store: Store, logger: EngineLogger): Promise<void> {
  const aheadMs = Math.round(await store.clockAheadMs());
  if (Math.abs(aheadMs) <= allowedClockMs) return;
  logger.warn(
    { aheadMs },
    `the clock of this machine is ${Math.abs(aheadMs)} ms ${aheadMs > 0 ? 'ahead of' : 'behind'} the database's; set it (NTP), or processes take runs from each other`,
  );
}

/** Names what all processes over one store are together. */
export function installationId(store: Store): Promise<string> {
  return store.settings.putIfAbsent('installation', randomUUID());
}

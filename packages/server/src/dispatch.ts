import { randomUUID } from 'node:crypto';
import { openRedisDispatcher } from '@patchbay/dispatch';
import type { Store } from '@patchbay/store';
import { type Clock, createEmbeddedDispatcher, type Dispatcher, type EngineLogger } from '@patchbay/workflow';
import type { Configuration } from './configuration.ts';

/** How long a run belongs to one of several processes without a sign of life: soon after, another takes it over. */
const sharedLeaseMs = 5_000;

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
  const dispatcher =
    redisUrl === undefined
      ? createEmbeddedDispatcher(clock, runs, { shared: { notices } })
      : await openRedisDispatcher({ url: redisUrl, installation: await installationId(store), clock, runs, logger });
  return { dispatcher, leaseMs: sharedLeaseMs };
}

/** Names what all processes over one store are together. */
export function installationId(store: Store): Promise<string> {
  return store.settings.putIfAbsent('installation', randomUUID());
}

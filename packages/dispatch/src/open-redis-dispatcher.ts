import type { Dispatcher } from '@patchbay/workflow';
import type { RedisDispatcherOptions } from './redis-dispatcher.ts';

/**
 * Connects the dispatcher of several processes over one store: BullMQ on Redis. Throws `DispatchError` when Redis throws keys away
 * or its address is none; one that does not answer is waited for in the background, and runs are found in the record until it is there.
 */
export async function openRedisDispatcher(options: RedisDispatcherOptions): Promise<Dispatcher> {
  // Most installations have no Redis, and need none of its 300 modules.
  const { RedisDispatcher } = await import('./redis-dispatcher.ts');
  const dispatcher = new RedisDispatcher(options);
  await dispatcher.connect();
  return dispatcher;
}

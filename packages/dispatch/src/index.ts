export { DispatchError, type DispatchErrorCode } from './errors.ts';
export { openRedisDispatcher } from './open-redis-dispatcher.ts';
export type { RedisDispatcherOptions } from './redis-dispatcher.ts';

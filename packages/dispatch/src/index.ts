export { DispatchError, type DispatchErrorCode } from './errors.ts';
export { openRedisDispatcher, type RedisDispatcherOptions } from './redis-dispatcher.ts';

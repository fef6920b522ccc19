import { compileHost, compileRequestCall } from './connector-call.ts';
import type { TriggerKind } from './trigger-kind.ts';

/** Subscribes by one request, and fetches by another when it is called. */
export const apiConnectionNotification: TriggerKind = {
  type: 'ApiConnectionNotification',
  compile: (source, compiler) => {
    const host = compileHost(source, compiler);
    return {
      watch: {
        kind: 'notification',
        subscribe: compileRequestCall(source, compiler, { name: 'subscribe', method: 'POST' }, host),
        poll: compileRequestCall(source, compiler, { name: 'fetch', method: 'GET' }, host),
        isLinked: false,
      },
    };
  },
};

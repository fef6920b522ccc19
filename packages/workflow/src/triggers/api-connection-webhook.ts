import { isObject, memberAt } from '../plan/json.ts';
import { compileHost, compileRequestCall } from './connector-call.ts';
import type { TriggerKind } from './trigger-kind.ts';

/** Subscribes by a request through a connection, `inputs` itself or its member `subscribe`, and is called. */
export const apiConnectionWebhook: TriggerKind = {
  type: 'ApiConnectionWebhook',
  compile: (source, compiler) => {
    const host = compileHost(source, compiler);
    const has = (part: string): boolean => isObject(memberAt(source.definition, 'inputs', part));
    const subscribe = has('subscribe') ? ({ name: 'subscribe', method: 'POST' } as const) : { method: 'POST' };
    return {
      watch: {
        kind: 'subscription',
        subscribe: compileRequestCall(source, compiler, subscribe, host),
        ...(has('unsubscribe') && {
          unsubscribe: compileRequestCall(source, compiler, { name: 'unsubscribe', method: 'DELETE' }, host),
        }),
      },
    };
  },
};

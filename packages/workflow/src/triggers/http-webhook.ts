import { isObject, memberAt } from '../plan/json.ts';
import { compileHttpCall } from './http-call.ts';
import type { TriggerKind } from './trigger-kind.ts';

/** Asks an address to call, and is called; asks it to stop when the flow does. */
export const httpWebhook: TriggerKind = {
  type: 'HttpWebhook',
  compile: (source, compiler) => ({
    watch: {
      kind: 'subscription',
      subscribe: compileHttpCall(source, compiler, { name: 'subscribe', method: 'POST' }),
      ...(isObject(memberAt(source.definition, 'inputs', 'unsubscribe')) && {
        unsubscribe: compileHttpCall(source, compiler, { name: 'unsubscribe', method: 'POST' }),
      }),
    },
  }),
};

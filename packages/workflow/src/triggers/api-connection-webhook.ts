import { compileRequestCall } from './connector-call.ts';
import type { TriggerKind } from './trigger-kind.ts';

/** Subscribes by a request through a connection, and is called. */
export const apiConnectionWebhook: TriggerKind = {
  type: 'ApiConnectionWebhook',
  compile: (source, compiler) => ({
    watch: { kind: 'subscription', subscribe: compileRequestCall(source, compiler, { method: 'POST' }) },
  }),
};

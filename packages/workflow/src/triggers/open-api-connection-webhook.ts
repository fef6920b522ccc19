import { compileOperationCall } from './connector-call.ts';
import type { TriggerKind } from './trigger-kind.ts';

/** Subscribes by an operation of a connector, and is called. */
export const openApiConnectionWebhook: TriggerKind = {
  type: 'OpenApiConnectionWebhook',
  compile: (source, compiler) => ({
    watch: { kind: 'subscription', subscribe: compileOperationCall(source, compiler) },
  }),
};

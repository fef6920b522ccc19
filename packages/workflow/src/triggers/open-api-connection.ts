import { compileOperationCall } from './connector-call.ts';
import { compilePollingRecurrence } from './polling-recurrence.ts';
import { statedRetryPolicy } from './stated-retry-policy.ts';
import type { TriggerKind } from './trigger-kind.ts';

/** Asks an operation of a connector again and again. */
export const openApiConnection: TriggerKind = {
  type: 'OpenApiConnection',
  compile: (source, compiler) => ({
    watch: {
      kind: 'poll',
      poll: compileOperationCall(source, compiler),
      recurrence: compilePollingRecurrence(source, compiler),
      ...statedRetryPolicy(source, compiler),
    },
  }),
};

import { compileRequestCall } from './connector-call.ts';
import { compilePollingRecurrence } from './polling-recurrence.ts';
import { statedRetryPolicy } from './stated-retry-policy.ts';
import type { TriggerKind } from './trigger-kind.ts';

/** Sends a request through a connection again and again. */
export const apiConnection: TriggerKind = {
  type: 'ApiConnection',
  compile: (source, compiler) => ({
    watch: {
      kind: 'poll',
      poll: compileRequestCall(source, compiler, { method: 'GET' }),
      recurrence: compilePollingRecurrence(source, compiler),
      ...statedRetryPolicy(source, compiler),
    },
  }),
};

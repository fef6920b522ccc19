import { compileServiceProviderCall } from './connector-call.ts';
import { compilePollingRecurrence } from './polling-recurrence.ts';
import { statedRetryPolicy } from './stated-retry-policy.ts';
import type { TriggerKind } from './trigger-kind.ts';

/** Asks an operation of what takes the place of a built-in service of Standard again and again. */
export const serviceProvider: TriggerKind = {
  type: 'ServiceProvider',
  compile: (source, compiler) => ({
    watch: {
      kind: 'poll',
      poll: compileServiceProviderCall(source, compiler),
      recurrence: compilePollingRecurrence(source, compiler),
      ...statedRetryPolicy(source, compiler),
    },
  }),
};

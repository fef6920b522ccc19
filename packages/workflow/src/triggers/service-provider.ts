import { member } from '../plan/json.ts';
import { compileRecurrence } from './compile-recurrence.ts';
import { compileServiceProviderCall } from './connector-call.ts';
import { usualRecurrence } from './polling-recurrence.ts';
import { statedRetryPolicy } from './stated-retry-policy.ts';
import type { TriggerKind } from './trigger-kind.ts';

/** Asks an operation of what takes the place of a built-in service of Standard again and again. */
export const serviceProvider: TriggerKind = {
  type: 'ServiceProvider',
  compile: (source, compiler) => ({
    watch: {
      kind: 'poll',
      poll: compileServiceProviderCall(source, compiler),
      // Built-in services say by themselves when there is something, so theirs may say no recurrence.
      recurrence: compileRecurrence(source, member(source.definition, 'recurrence') ?? usualRecurrence, compiler),
      ...statedRetryPolicy(source, compiler),
    },
  }),
};

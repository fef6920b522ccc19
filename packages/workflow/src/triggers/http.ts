import { member } from '../plan/json.ts';
import { compileHttpCall } from './http-call.ts';
import { compilePollingRecurrence } from './polling-recurrence.ts';
import type { TriggerKind } from './trigger-kind.ts';

/** Asks an address again and again: 200 fires, 202 says that there is nothing yet. */
export const httpTrigger: TriggerKind = {
  type: 'Http',
  compile: (source, compiler) => ({
    watch: {
      kind: 'poll',
      poll: compileHttpCall(source, compiler, { method: 'GET' }),
      recurrence: compilePollingRecurrence(source, compiler),
      retryPolicy: compiler.retryPolicy(member(source.definition, 'inputs'), `${source.pointer}/inputs`),
    },
  }),
};

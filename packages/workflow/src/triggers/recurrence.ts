import { member } from '../plan/json.ts';
import { compileRecurrence } from './compile-recurrence.ts';
import type { TriggerKind } from './trigger-kind.ts';

/** Fires by the clock. */
export const recurrenceTrigger: TriggerKind = {
  type: 'Recurrence',
  compile: (source, compiler) => ({
    recurrence: compileRecurrence(source, member(source.definition, 'recurrence') ?? null, compiler),
  }),
};

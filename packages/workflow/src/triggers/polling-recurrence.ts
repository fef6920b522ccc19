import type { Evaluator } from '@patchbay/expression';
import type { ActionCompiler } from '../plan/action-compiler.ts';
import { member } from '../plan/json.ts';
import { compileRecurrence } from './compile-recurrence.ts';
import type { TriggerDefinition } from './trigger-kind.ts';

/** How often a trigger asks that does not say: every three minutes, as the designer writes. */
export const usualRecurrence = { frequency: 'Minute', interval: 3 };

/** Compiles how often a polling trigger asks its API. The platform refuses one that does not say. */
export function compilePollingRecurrence(source: TriggerDefinition, compiler: ActionCompiler): Evaluator {
  const given = member(source.definition, 'recurrence');
  if (given === undefined || given === null) {
    const message = `trigger "${source.name}" says no recurrence, so it asks every three minutes; the platform takes it only with one`;
    compiler.report('recurrence-invalid', 'warning', message, source.pointer);
    return compileRecurrence(source, usualRecurrence, compiler);
  }
  return compileRecurrence(source, given, compiler);
}

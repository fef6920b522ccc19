import type { Evaluator } from '@patchbay/expression';
import type { ActionCompiler } from '../plan/action-compiler.ts';
import { isObject, member } from '../plan/json.ts';
import { compileRecurrence } from './compile-recurrence.ts';
import type { TriggerDefinition } from './trigger-kind.ts';

/** How often a trigger asks that does not say: every three minutes, as the designer writes. */
const usualRecurrence = { frequency: 'Minute', interval: 3 };

/** Compiles how often a polling trigger asks its API. */
export function compilePollingRecurrence(source: TriggerDefinition, compiler: ActionCompiler): Evaluator {
  const given = member(source.definition, 'recurrence');
  return compileRecurrence(source, isObject(given) ? given : usualRecurrence, compiler);
}

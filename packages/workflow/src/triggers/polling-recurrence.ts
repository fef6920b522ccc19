import type { Evaluator } from '@patchbay/expression';
import type { ActionCompiler } from '../plan/action-compiler.ts';
import { isObject, member } from '../plan/json.ts';
import { readRecurrence } from '../recurrence/recurrence.ts';
import type { TriggerDefinition } from './trigger-kind.ts';

/** How often a trigger asks that does not say: every three minutes, as the designer writes. */
const usualRecurrence = { frequency: 'Minute', interval: 3 };

/** Compiles how often a polling trigger asks its API. */
export function compilePollingRecurrence(
  { name, definition, pointer }: TriggerDefinition,
  compiler: ActionCompiler,
): Evaluator {
  const given = member(definition, 'recurrence');
  const source = isObject(given) ? given : usualRecurrence;
  if (!JSON.stringify(source).includes('@')) {
    const read = readRecurrence(source);
    if (read.kind === 'problem') {
      const message = `the recurrence of trigger "${name}" cannot be used: ${read.message}`;
      compiler.report('recurrence-invalid', 'error', message, `${pointer}/recurrence`);
    }
  }
  return compiler.evaluator(source, `${pointer}/recurrence`);
}

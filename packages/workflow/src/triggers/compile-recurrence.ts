import type { Evaluator, JsonValue } from '@patchbay/expression';
import type { ActionCompiler } from '../plan/action-compiler.ts';
import { readRecurrence } from '../recurrence/recurrence.ts';
import type { TriggerDefinition } from './trigger-kind.ts';

/** Compiles a `recurrence`; what is wrong with one that holds no expression is told at once. */
export function compileRecurrence(
  { name, pointer }: Pick<TriggerDefinition, 'name' | 'pointer'>,
  source: JsonValue,
  compiler: ActionCompiler,
): Evaluator {
  if (!JSON.stringify(source).includes('@')) {
    const read = readRecurrence(source);
    if (read.kind === 'problem') {
      const message = `the recurrence of trigger "${name}" cannot be used: ${read.message}`;
      compiler.report('recurrence-invalid', 'error', message, `${pointer}/recurrence`);
    }
  }
  return compiler.evaluator(source, `${pointer}/recurrence`);
}

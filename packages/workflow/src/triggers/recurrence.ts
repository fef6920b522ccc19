import { member } from '../plan/json.ts';
import { readRecurrence } from '../recurrence/recurrence.ts';
import type { TriggerKind } from './trigger-kind.ts';

/** Fires by the clock. */
export const recurrenceTrigger: TriggerKind = {
  type: 'Recurrence',
  compile({ name, definition, pointer }, compiler) {
    const source = member(definition, 'recurrence') ?? null;
    const evaluate = compiler.evaluator(source, `${pointer}/recurrence`);
    const isDynamic = JSON.stringify(source).includes('@');
    if (!isDynamic) {
      const read = readRecurrence(source);
      if (read.kind === 'problem') {
        const message = `the recurrence of trigger "${name}" cannot be used: ${read.message}`;
        compiler.report('recurrence-invalid', 'error', message, `${pointer}/recurrence`);
      }
    }
    return { recurrence: evaluate };
  },
};

import { parseDurationMs } from '../plan/duration.ts';
import { member, memberAt } from '../plan/json.ts';
import { compileRecurrence } from './compile-recurrence.ts';
import type { TriggerKind } from './trigger-kind.ts';

/** Fires for every stretch of time, one after another: also for those that passed while nobody was there. */
export const slidingWindow: TriggerKind = {
  type: 'SlidingWindow',
  compile(source, compiler) {
    const { name, definition, pointer } = source;
    const given = member(definition, 'recurrence') ?? null;
    if (memberAt(given, 'schedule') !== undefined) {
      const message = `the sliding window "${name}" has a schedule, which only a Recurrence follows; its windows come by the interval`;
      compiler.report('option-unsupported', 'warning', message, `${pointer}/recurrence/schedule`);
    }
    const at = `${pointer}/inputs/delay`;
    const delay = memberAt(definition, 'inputs', 'delay') ?? null;
    const isDuration = delay === null || (typeof delay === 'string' && isDelay(delay));
    if (!isDuration) {
      const message = `the delay of trigger "${name}" must be a duration such as PT5M`;
      compiler.report('recurrence-invalid', 'error', message, at);
    }
    return {
      recurrence: compileRecurrence(source, given, compiler),
      window: { delay: compiler.evaluator(delay, at) },
    };
  },
};

function isDelay(text: string): boolean {
  return text.includes('@') || (parseDurationMs(text) ?? -1) >= 0;
}

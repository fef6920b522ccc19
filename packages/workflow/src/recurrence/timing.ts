import { createHash } from 'node:crypto';
import { ExpressionError, type Scope, stringify } from '@patchbay/expression';
import { parseDurationMs } from '../plan/duration.ts';
import type { TriggerPlan } from '../plan/plan.ts';
import { type Recurrence, readRecurrence } from './recurrence.ts';

/** How a trigger fires by the clock. */
export type Timing = {
  readonly recurrence: Recurrence;
  /** Of a sliding window: how long after its end a window's run begins. */
  readonly window?: { readonly delayMs: number };
  /** Tells whether two timings are the same. */
  readonly digest: string;
};

export type ReadTiming =
  | { readonly kind: 'timing'; readonly timing: Timing }
  | { readonly kind: 'problem'; readonly message: string };

/** What a trigger's `recurrence` and `delay` come to; `undefined` for a trigger that does not go by the clock. */
export function readTiming(trigger: TriggerPlan, scope: Scope): ReadTiming | undefined {
  if (trigger.recurrence === undefined) return undefined;
  try {
    const value = trigger.recurrence(scope);
    const read = readRecurrence(value);
    if (read.kind === 'problem') return read;
    const digest = createHash('sha256').update(`${trigger.type} ${stringify(value)}`);
    if (trigger.window === undefined) {
      return { kind: 'timing', timing: { recurrence: read.recurrence, digest: digest.digest('base64url') } };
    }
    const delay = trigger.window.delay(scope);
    const delayMs = delay === null ? 0 : typeof delay === 'string' ? parseDurationMs(delay) : undefined;
    if (delayMs === undefined || delayMs < 0) {
      return { kind: 'problem', message: `the delay "${stringify(delay)}" is not a duration such as PT5M` };
    }
    const timing = {
      recurrence: read.recurrence,
      window: { delayMs },
      digest: digest.update(` ${delayMs}`).digest('base64url'),
    };
    return { kind: 'timing', timing };
  } catch (error) {
    if (error instanceof ExpressionError) return { kind: 'problem', message: error.message };
    throw error;
  }
}

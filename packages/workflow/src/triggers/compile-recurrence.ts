import type { Evaluator, JsonValue } from '@patchbay/expression';
import type { ActionCompiler } from '../plan/action-compiler.ts';
import { type Recurrence, readRecurrence } from '../recurrence/recurrence.ts';
import { readMomentMs } from '../recurrence/wall-clock.ts';
import type { TriggerDefinition } from './trigger-kind.ts';

/** As on the platform. */
const mostYearsAhead = 49;

/** Compiles a `recurrence`; what is wrong with one that holds no expression is told at once. */
export function compileRecurrence(
  { name, pointer }: Pick<TriggerDefinition, 'name' | 'pointer'>,
  source: JsonValue,
  compiler: ActionCompiler,
): Evaluator {
  if (!JSON.stringify(source).includes('@')) {
    const read = readRecurrence(source);
    const problem = read.kind === 'problem' ? read.message : startTooLate(read.recurrence);
    if (problem !== undefined) {
      const message = `the recurrence of trigger "${name}" cannot be used: ${problem}`;
      compiler.report('recurrence-invalid', 'error', message, `${pointer}/recurrence`);
    }
  }
  return compiler.evaluator(source, `${pointer}/recurrence`);
}

function startTooLate({ startTime, timeZone }: Recurrence): string | undefined {
  const startMs = startTime === undefined ? undefined : readMomentMs(startTime, timeZone);
  const latest = new Date();
  latest.setUTCFullYear(latest.getUTCFullYear() + mostYearsAhead);
  if (startMs === undefined || startMs <= latest.getTime()) return undefined;
  return `the start time "${startTime}" is more than ${mostYearsAhead} years ahead`;
}

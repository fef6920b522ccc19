import { ExpressionError, type Scope, type Value } from '@patchbay/expression';
import { unitMs } from '../plan/duration.ts';
import { isWorkedOut } from '../plan/evaluated-limits.ts';
import { asNumeric, isObject, jsonKind, member } from '../plan/json.ts';
import { momentMs, wallClockAt } from '../recurrence/wall-clock.ts';
import { asNumber, lowerText, valueMember } from '../run/value-types.ts';
import { ActionFailure } from './action-failure.ts';
import type { ActionKind, ActionSource, CompileContext } from './action-kind.ts';
import { languageFunction } from './language-function.ts';

/** A thousand years: longer than any run, and there are dates for it. */
const mostMonths = 12_000;

/** Waits for an interval or until a time; a time in the past is over at once. */
export const wait: ActionKind = {
  type: 'Wait',
  compile(source, context) {
    if (member(source.inputs, 'interval') === undefined && member(source.inputs, 'until') === undefined) {
      const message = `"${source.name}" needs an interval with count and unit, or until with a timestamp`;
      context.report('action-invalid', 'error', message, `${source.pointer}/inputs`);
    }
    checkInterval(source, context);
    const readTime = languageFunction("@formatDateTime(parameters('timestamp'),'o')");
    const evaluate = context.evaluator(source.inputs ?? null, `${source.pointer}/inputs`);
    return {
      role: 'plain',
      blocks: [],
      execute(step) {
        const inputs = evaluate(step.scope);
        const interval = valueMember(inputs, 'interval');
        const untilMs =
          interval === undefined
            ? timestampMs(valueMember(valueMember(inputs, 'until'), 'timestamp'), inputs, step.scope, readTime)
            : afterInterval(interval, step.nowMs(), inputs);
        return { kind: 'wait', inputs, untilMs };
      },
    };
  },
};

/** What of the interval is written down, and not worked out when the action begins. */
function checkInterval(source: ActionSource, context: CompileContext): void {
  const interval = member(source.inputs, 'interval');
  if (!isObject(interval)) return;
  const pointer = `${source.pointer}/inputs/interval`;
  const count = member(interval, 'count');
  if (!isWorkedOut(count) && !Number.isFinite(asNumeric(count))) {
    const message = `"${source.name}" waits for a number of units, and its count is ${jsonKind(count)}; it fails when it is reached`;
    context.report('action-invalid', 'warning', message, `${pointer}/count`);
  }
  const unit = member(interval, 'unit');
  if (isWorkedOut(unit) || (typeof unit === 'string' && isUnit(unit.toLowerCase()))) return;
  const given = unit === undefined ? 'nothing' : JSON.stringify(unit);
  const message = `the unit of "${source.name}" is one of Second, Minute, Hour, Day, Week and Month, not ${given}; it fails when it is reached`;
  context.report('action-invalid', 'warning', message, `${pointer}/unit`);
}

function isUnit(unit: string): boolean {
  return unit === 'month' || Object.hasOwn(unitMs, unit);
}

function afterInterval(interval: Value, nowMs: number, inputs: Value): number {
  const given = valueMember(interval, 'count');
  const count = asNumber(given) ?? (typeof given === 'string' && given.trim() !== '' ? Number(given) : Number.NaN);
  const unit = lowerText(valueMember(interval, 'unit'));
  if (!Number.isFinite(count)) {
    throw new ActionFailure('BadRequest', "The 'count' of the wait interval must be a number.", inputs);
  }
  if (unit === 'month') {
    const months = Math.trunc(Math.min(Math.max(0, count), mostMonths));
    return momentMs(wallClockAt(nowMs, 'UTC').add({ months }), 'UTC');
  }
  const factor = Object.hasOwn(unitMs, unit) ? unitMs[unit] : undefined;
  if (factor === undefined) {
    throw new ActionFailure(
      'BadRequest',
      `The 'unit' of the wait interval must be Second, Minute, Hour, Day, Week or Month, not '${unit}'.`,
      inputs,
    );
  }
  return nowMs + Math.max(0, count) * factor;
}

/** A time as the language reads it; one that says no offset is in UTC. */
function timestampMs(
  given: Value | undefined,
  inputs: Value,
  scope: Scope,
  read: ReturnType<typeof languageFunction>,
): number {
  try {
    const text = String(read(scope, { timestamp: given ?? '' }));
    return Date.parse(text.endsWith('Z') ? text : `${text}Z`);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const text = typeof given === 'string' ? given : '';
    throw new ActionFailure('BadRequest', `The wait timestamp '${text}' is not a date and time.`, inputs);
  }
}

import { type JsonValue, type Scope, toText, type Value } from '@patchbay/expression';
import { parseDurationMs } from '../plan/duration.ts';
import { hasOperationOption, member, memberAt } from '../plan/json.ts';
import { asNumber } from '../run/value-types.ts';
import { ActionFailure } from './action-failure.ts';
import type { ActionKind, ActionSource, CompileContext, Outcome, Step } from './action-kind.ts';
import { compileCondition } from './condition.ts';

const defaultCount = 60;
const maximumCount = 5_000;

/** Runs its actions, then tests; again until the test is true or a limit is reached. */
export const until: ActionKind = {
  type: 'Until',
  compile(source, context) {
    const template = member(source.definition, 'expression');
    const condition: (scope: Scope) => boolean = compileCondition(template, `${source.pointer}/expression`, context);
    const block = context.block(member(source.definition, 'actions'), `${source.pointer}/actions`);
    const limits = compileLimits(source, context);
    const repeat = (step: Step, done: number): Outcome => ({ kind: 'until', block, condition, done, ...limits(step) });
    return {
      role: 'loop',
      blocks: [block],
      subject: 'action',
      execute: (step) => repeat(step, 0),
      resume: (step, recorded) => repeat(step, recorded.repetitionCount),
    };
  },
};

type Limits = { readonly maxCount: number; readonly timeoutMs: number; readonly failsAtLimit: boolean };

/** Limits that are written down are checked at save; those that are expressions when the loop begins. */
function compileLimits(source: ActionSource, context: CompileContext): (step: Step) => Limits {
  const pointer = `${source.pointer}/limit`;
  const count = memberAt(source.definition, 'limit', 'count') ?? defaultCount;
  const timeout = memberAt(source.definition, 'limit', 'timeout') ?? context.defaults.untilTimeout;
  const failsAtLimit = hasOperationOption(source.definition, 'FailWhenLimitsReached');
  if (!isExpression(count) && readCount(count) === undefined) {
    context.report(
      'action-invalid',
      'error',
      `"${source.name}" may run 1 to ${maximumCount} times`,
      `${pointer}/count`,
    );
  }
  if (!isExpression(timeout) && readTimeout(timeout) === undefined) {
    const message = `the timeout of "${source.name}" must be a duration such as PT1H`;
    context.report('action-invalid', 'error', message, `${pointer}/timeout`);
  }
  const evaluateCount = context.evaluator(count, `${pointer}/count`);
  const evaluateTimeout = context.evaluator(timeout, `${pointer}/timeout`);
  return (step) => {
    const given = { count: evaluateCount(step.scope), timeout: evaluateTimeout(step.scope) };
    const maxCount = readCount(given.count);
    const timeoutMs = readTimeout(given.timeout);
    if (maxCount !== undefined && timeoutMs !== undefined) return { maxCount, timeoutMs, failsAtLimit };
    const message =
      maxCount === undefined
        ? `The 'count' of the loop '${source.name}' is ${toText(given.count)}; it must be a whole number from 1 to ${maximumCount}.`
        : `The 'timeout' of the loop '${source.name}' is '${toText(given.timeout)}'; it must be a duration such as PT1H.`;
    throw new ActionFailure('BadRequest', message);
  };
}

function isExpression(value: JsonValue): boolean {
  return typeof value === 'string' && value.includes('@');
}

function readCount(value: Value): number | undefined {
  const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : asNumber(value);
  return count !== undefined && Number.isInteger(count) && count >= 1 && count <= maximumCount ? count : undefined;
}

function readTimeout(value: Value): number | undefined {
  return typeof value === 'string' ? parseDurationMs(value) : undefined;
}

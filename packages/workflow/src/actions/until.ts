import type { Scope } from '@patchbay/expression';
import { parseDurationMs } from '../plan/duration.ts';
import { asNumeric, hasOperationOption, member, memberAt } from '../plan/json.ts';
import type { ActionKind, ActionSource, CompileContext, Outcome } from './action-kind.ts';
import { compileCondition } from './condition.ts';

const defaultCount = 60;
const maximumCount = 5_000;
const defaultTimeoutMs = 3_600_000;

/** Runs its actions, then tests; again until the test is true or a limit is reached. */
export const until: ActionKind = {
  type: 'Until',
  compile(source, context) {
    const template = member(source.definition, 'expression');
    const condition: (scope: Scope) => boolean = compileCondition(template, `${source.pointer}/expression`, context);
    const block = context.block(member(source.definition, 'actions'), `${source.pointer}/actions`);
    const limits = readLimits(source, context);
    const repeat = (done: number): Outcome => ({ kind: 'until', block, condition, done, ...limits });
    return {
      role: 'loop',
      blocks: [block],
      subject: 'action',
      execute: () => repeat(0),
      resume: (_step, recorded) => repeat(recorded.repetitionCount),
    };
  },
};

function readLimits(
  source: ActionSource,
  context: CompileContext,
): { readonly maxCount: number; readonly timeoutMs: number; readonly failsAtLimit: boolean } {
  const pointer = `${source.pointer}/limit`;
  const count = memberAt(source.definition, 'limit', 'count') ?? defaultCount;
  const timeout = memberAt(source.definition, 'limit', 'timeout');
  const timeoutMs = typeof timeout === 'string' ? parseDurationMs(timeout) : undefined;
  const isDynamic = (value: unknown): boolean => typeof value === 'string' && value.startsWith('@');
  const maxCount = asNumeric(count);
  if (!isDynamic(count) && (!Number.isInteger(maxCount) || maxCount < 1 || maxCount > maximumCount)) {
    context.report(
      'action-invalid',
      'error',
      `"${source.name}" may run 1 to ${maximumCount} times`,
      `${pointer}/count`,
    );
  }
  if (timeout !== undefined && timeoutMs === undefined && !isDynamic(timeout)) {
    const message = `the timeout of "${source.name}" must be a duration such as PT1H`;
    context.report('action-invalid', 'error', message, `${pointer}/timeout`);
  }
  if (isDynamic(count) || isDynamic(timeout)) {
    const message = `the limits of "${source.name}" are expressions; ${defaultCount} rounds and one hour apply instead`;
    context.report('option-unsupported', 'warning', message, pointer);
  }
  return {
    maxCount: Number.isInteger(maxCount) ? Math.min(Math.max(maxCount, 1), maximumCount) : defaultCount,
    timeoutMs: timeoutMs ?? defaultTimeoutMs,
    failsAtLimit: hasOperationOption(source.definition, 'FailWhenLimitsReached'),
  };
}

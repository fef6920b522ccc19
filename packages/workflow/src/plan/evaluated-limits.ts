import { type Evaluator, type JsonValue, toJson, toText } from '@patchbay/expression';
import { ActionFailure } from '../actions/action-failure.ts';
import type { ActionSource, CompileContext, CompiledAction, Outcome, Step } from '../actions/action-kind.ts';
import { type RetryPolicy, readRetryPolicy } from '../retry/retry-policy.ts';
import { parseDurationMs } from './duration.ts';
import { entriesOf, member, memberAt } from './json.ts';

/** Whether a limit is worked out when the action begins, as `{"count": "@parameters('retries')"}`. */
export function isWorkedOut(value: JsonValue | undefined): boolean {
  if (typeof value === 'string') return value.includes('@');
  return entriesOf(value).some(([, one]) => typeof one === 'string' && one.includes('@'));
}

/** The action with those of its limits that are expressions, `retryPolicy` and `limit.timeout`, worked out whenever it begins. */
export function withEvaluatedLimits(
  source: ActionSource,
  context: CompileContext,
  compiled: CompiledAction,
): CompiledAction {
  const timeout = memberAt(source.definition, 'limit', 'timeout');
  const policy = member(source.inputs, 'retryPolicy') ?? memberAt(source.inputs, 'subscribe', 'retryPolicy');
  // The limits of a loop are its own.
  const isLoop = compiled.role === 'loop';
  const timeoutOf = isWorkedOut(timeout) && !isLoop ? compileLimit(timeout, '/limit/timeout') : undefined;
  const policyOf = isWorkedOut(policy) ? compileLimit(policy, '/inputs/retryPolicy') : undefined;
  if (timeoutOf === undefined && policyOf === undefined) return compiled;
  return { ...compiled, execute: (step) => limited(compiled.execute(step), step) };

  function compileLimit(value: JsonValue | undefined, pointer: string): Evaluator {
    return context.evaluator(value ?? null, `${source.pointer}${pointer}`);
  }

  function limited(outcome: Outcome, step: Step): Outcome {
    if (outcome.kind !== 'call' && outcome.kind !== 'call-flow' && outcome.kind !== 'work') return outcome;
    const timeoutMs = timeoutOf === undefined ? outcome.timeoutMs : readTimeoutMs(timeoutOf, step, outcome);
    if (outcome.kind === 'work') return { ...outcome, timeoutMs };
    const retryPolicy = policyOf === undefined ? outcome.retryPolicy : readPolicy(policyOf, step, outcome);
    return { ...outcome, timeoutMs, retryPolicy };
  }
}

type Call = Extract<Outcome, { readonly kind: 'call' | 'call-flow' | 'work' }>;

function readTimeoutMs(evaluate: Evaluator, step: Step, { inputs }: Call): number {
  const given = evaluate(step.scope);
  const timeoutMs = typeof given === 'string' ? parseDurationMs(given) : undefined;
  if (timeoutMs !== undefined) return timeoutMs;
  const message = `The timeout of action '${step.action}' is '${toText(given)}'; it must be a duration such as PT30S.`;
  throw new ActionFailure('BadRequest', message, inputs);
}

function readPolicy(evaluate: Evaluator, step: Step, { inputs }: Call): RetryPolicy {
  const { policy, problem } = readRetryPolicy(toJson(evaluate(step.scope)));
  if (problem === undefined) return policy;
  throw new ActionFailure('BadRequest', `The retry policy of action '${step.action}': ${problem}.`, inputs);
}

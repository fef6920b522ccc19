import { ExpressionError, toText, type Value } from '@patchbay/expression';
import type { NotFiredReason } from '../engine/engine-contract.ts';
import type { TriggerPlan } from '../plan/plan.ts';
import type { RunScope } from '../run/run-scope.ts';
import { isList, isRecord, typeOf, valueMember } from '../run/value-types.ts';

/** One run that a trigger starts. */
export type Start = { readonly outputs: Value; readonly clientTrackingId: string | undefined };

export type TriggerResult =
  | { readonly kind: 'starts'; readonly starts: readonly Start[] }
  | { readonly kind: 'not-fired'; readonly reason: NotFiredReason };

const maximumItems = 100_000;
/** Where the trigger lets only so many runs be at a time. */
const maximumItemsAtGate = 100;

/** Decides whether a trigger fires and into how many runs; `scopeOf` sees given trigger outputs. */
export function evaluateTrigger(
  trigger: TriggerPlan,
  outputs: Value,
  scopeOf: (outputs: Value) => RunScope,
): TriggerResult {
  try {
    return evaluate(trigger, outputs, scopeOf);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return notFired('InvalidTemplate', `Trigger '${trigger.name}' cannot be evaluated: ${error.message}`);
  }
}

/** One run with these outputs, as they are. */
export function startOnce(outputs: Value): TriggerResult {
  return { kind: 'starts', starts: [{ outputs, clientTrackingId: undefined }] };
}

function evaluate(trigger: TriggerPlan, outputs: Value, scopeOf: (outputs: Value) => RunScope): TriggerResult {
  const { checkBody, checkHeaders } = trigger;
  const mismatch =
    (checkBody && mismatchOf(trigger, 'body', checkBody(valueMember(outputs, 'body') ?? null))) ??
    (checkHeaders && mismatchOf(trigger, 'headers', checkHeaders(lowerCaseNames(valueMember(outputs, 'headers')))));
  if (mismatch !== undefined) return mismatch;
  const { conditions, splitOn, clientTrackingId } = trigger;
  if (conditions.length === 0 && splitOn === undefined && clientTrackingId === undefined) {
    return startOnce(outputs);
  }
  const scope = scopeOf(outputs);
  for (const { text, evaluate: condition } of conditions) {
    const met = condition(scope);
    if (met === false)
      return notFired('ConditionNotMet', `The condition '${text}' of trigger '${trigger.name}' is not met.`);
    if (met !== true) {
      const message = `The condition '${text}' of trigger '${trigger.name}' is of type '${typeOf(met)}', not 'Boolean'.`;
      return notFired('InvalidTemplate', message);
    }
  }
  if (splitOn === undefined) {
    return { kind: 'starts', starts: [{ outputs, clientTrackingId: trackingId(clientTrackingId, scope) }] };
  }
  return split(trigger, outputs, splitOn(scope), scopeOf);
}

function mismatchOf(
  { name }: TriggerPlan,
  what: 'body' | 'headers',
  problems: ReturnType<NonNullable<TriggerPlan['checkBody']>>,
): TriggerResult | undefined {
  if (problems.length === 0) return undefined;
  const reasons = problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join(' ');
  return notFired('InvalidInput', `The input ${what} for trigger '${name}' did not match its schema. ${reasons}`);
}

function split(
  trigger: TriggerPlan,
  outputs: Value,
  items: Value,
  scopeOf: (outputs: Value) => RunScope,
): TriggerResult {
  if (items === null || (isList(items) && items.length === 0)) {
    return notFired('NothingToSplit', `Trigger '${trigger.name}' has nothing to split on.`);
  }
  if (!isList(items)) {
    const message = `The 'splitOn' of trigger '${trigger.name}' is of type '${typeOf(items)}'. The value must be an array.`;
    return notFired('InvalidTemplate', message);
  }
  const limit = trigger.concurrency === undefined ? maximumItems : maximumItemsAtGate;
  if (items.length > limit) {
    return notFired(
      'InvalidInput',
      `Trigger '${trigger.name}' splits into ${items.length} runs; the limit is ${limit}.`,
    );
  }
  const correlation = trigger.splitClientTrackingId ?? trigger.clientTrackingId;
  const starts = items.map((item): Start => {
    const own: Value = isRecord(outputs) ? { ...outputs, body: item } : { body: item };
    return {
      outputs: own,
      clientTrackingId: correlation === undefined ? undefined : trackingId(correlation, scopeOf(own)),
    };
  });
  return { kind: 'starts', starts };
}

function lowerCaseNames(headers: Value | undefined): Value {
  if (!isRecord(headers)) return {};
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function trackingId(evaluate: TriggerPlan['clientTrackingId'], scope: RunScope): string | undefined {
  if (evaluate === undefined) return undefined;
  const text = toText(evaluate(scope));
  return text === '' ? undefined : text;
}

function notFired(code: NotFiredReason['code'], message: string): TriggerResult {
  return { kind: 'not-fired', reason: { code, message } };
}

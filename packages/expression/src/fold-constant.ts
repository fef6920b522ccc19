import type { Evaluator, Scope, Value } from './contract.ts';
import { ExpressionError } from './errors.ts';
import type { FoldingAllowance } from './folding-allowance.ts';
import type { Meter } from './meter.ts';

/** An evaluator whose value is known. */
type Constant = Evaluator & { readonly constant: Value };

export function constantEvaluator(value: Value): Constant {
  return Object.assign(() => value, { constant: value });
}

export function isConstantEvaluator(evaluator: Evaluator): evaluator is Constant {
  return Object.hasOwn(evaluator, 'constant');
}

/** Longest text that is kept in place of the call that makes it. */
const maxFoldedLength = 4096;

/**
 * The value of a call in place of the call, when all it is given is constant and it asks its scope nothing. A call that fails is left
 * to fail when it is evaluated, and so is one that makes more than a short text, a number or a boolean.
 */
export function foldConstant(
  call: Evaluator,
  operands: readonly Evaluator[],
  meter: Meter,
  folding: FoldingAllowance,
): Evaluator {
  if (!operands.every(isConstantEvaluator)) return call;
  try {
    const value = folding.spend(meter, () => call(closedScope));
    if (value === undefined) return call;
    const isSmall = typeof value === 'string' ? value.length <= maxFoldedLength : typeof value !== 'object';
    return isSmall || value === null ? constantEvaluator(value) : call;
  } catch {
    return call;
  }
}

const refuse = (): never => {
  throw new ExpressionError('A constant asks its scope nothing.');
};

/** Refuses every question, and so tells what is constant. */
export const closedScope: Scope = Object.freeze({
  parameter: refuse,
  variable: refuse,
  trigger: refuse,
  action: refuse,
  actionOutputs: refuse,
  currentAction: refuse,
  result: refuse,
  item: refuse,
  items: refuse,
  iterationIndex: refuse,
  workflow: refuse,
  appSetting: refuse,
  listCallbackUrl: refuse,
  now: refuse,
  random: refuse,
  guid: refuse,
});

import type { JsonValue, Scope, Value } from '@patchbay/expression';
import { entriesOf, isArray, isObject } from '../plan/json.ts';
import { typeOf } from '../run/value-types.ts';
import { ActionFailure } from './action-failure.ts';
import type { CompileContext } from './action-kind.ts';
import { languageFunction } from './language-function.ts';

/** Lower-case operator of a condition object → the function of the expression language with its meaning. */
const operators: { readonly [operator: string]: string } = {
  equals: 'equals',
  greater: 'greater',
  greaterorequals: 'greaterOrEquals',
  less: 'less',
  lessorequals: 'lessOrEquals',
  contains: 'contains',
  startswith: 'startsWith',
  endswith: 'endsWith',
};

/**
 * Compiles the condition of an If or an Until: one expression, or an object of `and`, `or`, `not` and comparisons, e.g.
 * `{"and": [{"greater": ["@variables('n')", 3]}]}`. An empty `and` is true.
 */
export function compileCondition(
  source: JsonValue | undefined,
  pointer: string,
  context: CompileContext,
): (scope: Scope) => boolean {
  if (isObject(source)) return compileGroup(source, pointer, context);
  if (typeof source === 'string' || typeof source === 'boolean') {
    const evaluate = context.evaluator(source, pointer);
    return (scope) => requireBoolean(evaluate(scope), String(source));
  }
  context.report('action-invalid', 'error', 'a condition must be an expression or an object of comparisons', pointer);
  return () => false;
}

function compileGroup(
  source: { readonly [key: string]: JsonValue },
  pointer: string,
  context: CompileContext,
): (scope: Scope) => boolean {
  const terms = entriesOf(source).map(([key, operand]) => compileTerm(key, operand, `${pointer}/${key}`, context));
  return (scope) => terms.every((term) => term(scope));
}

function compileTerm(
  key: string,
  operand: JsonValue,
  pointer: string,
  context: CompileContext,
): (scope: Scope) => boolean {
  const operator = key.toLowerCase();
  if (operator === 'and' || operator === 'or') {
    const parts = isArray(operand) ? operand : [operand];
    const terms = parts.map((part, index) => compileCondition(part, `${pointer}/${index}`, context));
    return operator === 'and'
      ? (scope) => terms.every((term) => term(scope))
      : (scope) => terms.some((term) => term(scope));
  }
  if (operator === 'not') {
    const only = isArray(operand) && operand.length === 1 ? operand[0] : operand;
    const term = compileCondition(only, pointer, context);
    return (scope) => !term(scope);
  }
  return compileComparison(operator, key, operand, pointer, context);
}

function compileComparison(
  operator: string,
  key: string,
  operand: JsonValue,
  pointer: string,
  context: CompileContext,
): (scope: Scope) => boolean {
  const name = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
  const [left, right] = isArray(operand) ? operand : [];
  if (name === undefined || left === undefined || right === undefined || !isArray(operand) || operand.length !== 2) {
    const message =
      name === undefined
        ? `"${key}" is not an operator of a condition; use and, or, not, ${Object.values(operators).join(', ')}`
        : `the operator "${key}" takes a list of two operands`;
    context.report('action-invalid', 'error', message, pointer);
    return () => false;
  }
  const evaluateLeft = context.evaluator(left, `${pointer}/0`);
  const evaluateRight = context.evaluator(right, `${pointer}/1`);
  const apply = languageFunction(`@${name}(parameters('left'),parameters('right'))`);
  return (scope) => requireBoolean(apply(scope, { left: evaluateLeft(scope), right: evaluateRight(scope) }), key);
}

function requireBoolean(value: Value, text: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new ActionFailure(
    'InvalidTemplate',
    `The result of the condition '${text}' must be of type 'Boolean'; it is of type '${typeOf(value)}'.`,
  );
}

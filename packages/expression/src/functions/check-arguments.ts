import type { Value } from '../contract.ts';
import { ExpressionError } from '../errors.ts';
import { isInteger, isNumber } from '../numbers.ts';
import { isArray, isObject, typeName } from '../values.ts';
import type { FunctionDefinition, ParameterKind } from './function-definition.ts';

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth'];

const kinds: Readonly<Record<ParameterKind, readonly [phrase: string, accepts: (value: Value) => boolean]>> = {
  any: ['any value', () => true],
  // Numbers and the like pass for their texts; null does not.
  value: ['a string', (value) => value !== null],
  string: ['of type string', (value) => typeof value === 'string'],
  timestamp: ['a string that contains the time', (value) => typeof value === 'string'],
  integer: ['an integer', isInteger],
  number: ['an integer or a decimal number', isNumber],
  boolean: ['of type boolean', (value) => typeof value === 'boolean'],
  array: ['an array', isArray],
  object: ['an object', isObject],
  'string or array': ['an array or a string', (value) => typeof value === 'string' || isArray(value)],
  collection: [
    'an object, an array or a string',
    (value) => typeof value === 'string' || isArray(value) || isObject(value),
  ],
  'string or object': ['a string or an object', (value) => typeof value === 'string' || isObject(value)],
  'number or string': [
    'a string, an integer or a decimal number',
    (value) => typeof value === 'string' || isNumber(value),
  ],
};

/** Throws when a value is not what a parameter takes. */
export function checkArgument(
  functionName: string,
  kind: ParameterKind,
  value: Value,
  index: number,
  count: number,
): void {
  if (kinds[kind][1](value)) return;
  const expected = describeExpected(functionName, kind, index, count);
  throw new ExpressionError(`${expected} The provided value is of type '${typeName(value)}'.`, {
    reason: 'argument-type',
  });
}

/** Whether a parameter takes a value. */
export function isTaken(kind: ParameterKind, value: Value): boolean {
  return kinds[kind][1](value);
}

/** What a parameter takes, as a sentence. */
export function describeExpected(functionName: string, kind: ParameterKind, index: number, count: number): string {
  const which = count === 1 ? 'its parameter' : `its ${ordinals[index] ?? `${index + 1}th`} parameter`;
  return `The template language function '${functionName}' expects ${which} to be ${kinds[kind][0]}.`;
}

/** What an argument is checked for: a lazy function checks those that it has evaluated. */
export function parameterKind({ parameters = [], rest = 'any' }: FunctionDefinition, index: number): ParameterKind {
  return parameters[index] ?? rest;
}

/** Why a call has the wrong number of arguments, or undefined. */
export function describeCountError(definition: FunctionDefinition, count: number): string | undefined {
  const [minimum, maximum] =
    definition.kind === 'lazy'
      ? [definition.minimum, definition.maximum]
      : [
          definition.parameters.length - (definition.optional ?? 0),
          definition.rest === undefined ? definition.parameters.length : Number.POSITIVE_INFINITY,
        ];
  if (count >= minimum && count <= maximum) return undefined;
  const expected =
    minimum === maximum
      ? `${minimum === 0 ? 'no parameters' : minimum === 1 ? 'one parameter' : `${minimum} parameters`}`
      : maximum === Number.POSITIVE_INFINITY
        ? `at least ${minimum} parameter${minimum === 1 ? '' : 's'}`
        : `${minimum} to ${maximum} parameters`;
  return `The template language function '${definition.name}' expects ${expected}, and was given ${count}.`;
}

/** A failure of a function on values of the right type. */
export function invalidArgument(functionName: string, what: string, options?: ErrorOptions): ExpressionError {
  return new ExpressionError(`The template language function '${functionName}' ${what}`, {
    reason: 'argument-invalid',
    ...options,
  });
}

import type { Value } from '@patchbay/expression';
import { asNumber, isReal, typeOf } from '../run/value-types.ts';
import { ActionFailure } from './action-failure.ts';
import { type ActionKind, succeeded } from './action-kind.ts';
import { compileVariableTarget } from './variable-target.ts';

/** Adds a number to a variable. */
export const incrementVariable: ActionKind = stepVariable('IncrementVariable', 1);
/** Takes a number from a variable. */
export const decrementVariable: ActionKind = stepVariable('DecrementVariable', -1);

function stepVariable(type: string, sign: 1 | -1): ActionKind {
  return {
    type,
    compile(source, context) {
      const target = compileVariableTarget(source, context, 1);
      return {
        role: 'plain',
        blocks: [],
        execute(step) {
          const by = target.value(step.scope);
          const inputs = { name: target.name, value: by };
          const before = step.variables.get(target.name) ?? 0;
          const value = add(before, by, sign);
          if (value === undefined) {
            const wrong = asNumber(before) === undefined ? before : by;
            throw new ActionFailure(
              'BadRequest',
              `The variable '${target.name}' cannot be changed by '${type}': a value of type '${typeOf(wrong)}' is not a number.`,
              inputs,
            );
          }
          step.variables.set(target.name, value);
          return succeeded(inputs, { body: { name: target.name, type: step.variables.type(target.name), value } });
        },
      };
    },
  };
}

/** Integers stay exact beyond 2^53; a {@link Real} makes the result a float. */
function add(left: Value, right: Value, sign: 1 | -1): Value | undefined {
  const leftNumber = asNumber(left);
  const rightNumber = asNumber(right);
  if (leftNumber === undefined || rightNumber === undefined) return undefined;
  const sum = leftNumber + sign * rightNumber;
  const areIntegers = !isReal(left) && !isReal(right) && typeOf(left) === 'Integer' && typeOf(right) === 'Integer';
  if (areIntegers && !Number.isSafeInteger(sum)) return asInteger(left) + BigInt(sign) * asInteger(right);
  if (!areIntegers && Number.isInteger(sum)) return { isReal: true, text: `${sum}.0`, number: sum };
  return sum;
}

function asInteger(value: Value): bigint {
  return typeof value === 'bigint' ? value : BigInt(asNumber(value) ?? 0);
}

import { integer, isInteger, isNumber, toNumber } from '../../numbers.ts';
import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';
import { parseIntegerText } from './parse-integer-text.ts';

export const int: EagerFunction = {
  kind: 'eager',
  name: 'int',
  parameters: ['number or string'],
  apply: ([value = null]) => {
    if (isInteger(value)) return value;
    if (isNumber(value)) return integer(BigInt(Math.round(toNumber(value))));
    const parsed = parseIntegerText(value as string);
    if (parsed === undefined) throw invalidArgument('int', `cannot convert '${value as string}' to an integer.`);
    return parsed;
  },
};

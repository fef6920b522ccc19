import { isNumber, toNumber } from '../../numbers.ts';
import { typeName } from '../../values.ts';
import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';

export const bool: EagerFunction = {
  kind: 'eager',
  name: 'bool',
  parameters: ['any'],
  apply: ([value = null]) => {
    if (typeof value === 'boolean') return value;
    if (isNumber(value)) return toNumber(value) !== 0;
    const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
    if (word === 'true' || word === '1') return true;
    if (word === 'false' || word === '0') return false;
    throw invalidArgument('bool', `cannot convert the value of type '${typeName(value)}' to a boolean.`);
  },
};

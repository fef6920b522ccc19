import { isNumber, toNumber } from '../../numbers.ts';
import { typeName } from '../../values.ts';
import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';
import { trimWhiteSpace } from '../string/white-space.ts';

/** Numbers by whether they are zero, texts only by the two words. */
export const bool: EagerFunction = {
  kind: 'eager',
  name: 'bool',
  parameters: ['any'],
  apply: ([value = null]) => {
    if (typeof value === 'boolean') return value;
    if (isNumber(value)) return toNumber(value) !== 0;
    const word = typeof value === 'string' ? trimWhiteSpace(value).toLowerCase() : '';
    if (word === 'true') return true;
    if (word === 'false') return false;
    throw invalidArgument('bool', `cannot convert the value of type '${typeName(value)}' to a boolean.`);
  },
};

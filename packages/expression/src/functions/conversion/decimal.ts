import { isNumber, type NumberValue, parseDecimal, toDecimal, decimal as toReal } from '../../numbers.ts';
import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';

export const decimal: EagerFunction = {
  kind: 'eager',
  name: 'decimal',
  parameters: ['number or string'],
  apply: ([value = null]) => {
    const parsed =
      typeof value === 'string'
        ? parseDecimal(value)
        : isNumber(value)
          ? toReal(toDecimal(value as NumberValue))
          : undefined;
    if (parsed === undefined)
      throw invalidArgument('decimal', `cannot convert '${String(value).slice(0, 60)}' to a decimal number.`);
    return parsed;
  },
};

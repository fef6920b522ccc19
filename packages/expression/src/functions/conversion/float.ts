import { isNumber, RealNumber, float as toFloat, toNumber } from '../../numbers.ts';
import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';
import { parseFloatText } from './parse-float-text.ts';

export const float: EagerFunction = {
  kind: 'eager',
  name: 'float',
  parameters: ['number or string', 'string'],
  optional: 1,
  apply: ([value = null, locale]) => {
    if (value instanceof RealNumber && value.decimal === undefined) return value;
    if (isNumber(value)) return toFloat(toNumber(value));
    const parsed = parseFloatText('float', value as string, locale as string | undefined);
    if (parsed === undefined)
      throw invalidArgument('float', `cannot convert '${(value as string).slice(0, 60)}' to a floating-point number.`);
    return toFloat(parsed);
  },
};

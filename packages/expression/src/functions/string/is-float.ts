import { parseFloatText } from '../conversion/parse-float-text.ts';
import type { EagerFunction } from '../function-definition.ts';

export const isFloat: EagerFunction = {
  kind: 'eager',
  name: 'isFloat',
  parameters: ['string', 'string'],
  optional: 1,
  apply: ([text, locale]) => parseFloatText('isFloat', text as string, locale as string | undefined) !== undefined,
};

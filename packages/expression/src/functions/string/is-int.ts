import { parseIntegerText } from '../conversion/parse-integer-text.ts';
import type { EagerFunction } from '../function-definition.ts';

export const isInt: EagerFunction = {
  kind: 'eager',
  name: 'isInt',
  parameters: ['string'],
  apply: ([text]) => parseIntegerText(text as string) !== undefined,
};

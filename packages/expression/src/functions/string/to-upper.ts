import type { EagerFunction } from '../function-definition.ts';

export const toUpper: EagerFunction = {
  kind: 'eager',
  name: 'toUpper',
  parameters: ['string'],
  apply: ([text]) => (text as string).toUpperCase(),
};

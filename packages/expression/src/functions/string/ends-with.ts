import type { EagerFunction } from '../function-definition.ts';

export const endsWith: EagerFunction = {
  kind: 'eager',
  name: 'endsWith',
  parameters: ['string', 'string'],
  apply: ([text, search]) => (text as string).toLowerCase().endsWith((search as string).toLowerCase()),
};

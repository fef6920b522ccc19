import type { EagerFunction } from '../function-definition.ts';

export const startsWith: EagerFunction = {
  kind: 'eager',
  name: 'startsWith',
  parameters: ['string', 'string'],
  apply: ([text, search]) => (text as string).toLowerCase().startsWith((search as string).toLowerCase()),
};

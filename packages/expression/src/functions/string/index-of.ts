import type { EagerFunction } from '../function-definition.ts';

export const indexOf: EagerFunction = {
  kind: 'eager',
  name: 'indexOf',
  parameters: ['string', 'string'],
  apply: ([text, search]) => (text as string).toLowerCase().indexOf((search as string).toLowerCase()),
};

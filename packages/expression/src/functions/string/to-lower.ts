import type { EagerFunction } from '../function-definition.ts';

export const toLower: EagerFunction = {
  kind: 'eager',
  name: 'toLower',
  parameters: ['string'],
  apply: ([text]) => (text as string).toLowerCase(),
};

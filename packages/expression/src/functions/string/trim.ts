import type { EagerFunction } from '../function-definition.ts';

export const trim: EagerFunction = {
  kind: 'eager',
  name: 'trim',
  parameters: ['string'],
  apply: ([text]) => (text as string).trim(),
};

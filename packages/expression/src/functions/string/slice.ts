import type { EagerFunction } from '../function-definition.ts';

export const slice: EagerFunction = {
  kind: 'eager',
  name: 'slice',
  parameters: ['string', 'integer', 'integer'],
  optional: 1,
  apply: ([text, start, end]) => (text as string).slice(Number(start), end === undefined ? undefined : Number(end)),
};

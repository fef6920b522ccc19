import type { EagerFunction } from '../function-definition.ts';

/** In bytes, two a unit. */
export const utf16Length: EagerFunction = {
  kind: 'eager',
  name: 'utf16Length',
  parameters: ['string'],
  apply: ([text]) => (text as string).length * 2,
};

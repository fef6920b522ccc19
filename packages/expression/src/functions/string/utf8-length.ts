import type { EagerFunction } from '../function-definition.ts';

export const utf8Length: EagerFunction = {
  kind: 'eager',
  name: 'utf8Length',
  parameters: ['string'],
  apply: ([text]) => Buffer.byteLength(text as string, 'utf8'),
};

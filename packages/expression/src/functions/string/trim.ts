import type { EagerFunction } from '../function-definition.ts';
import { trimWhiteSpace } from './white-space.ts';

export const trim: EagerFunction = {
  kind: 'eager',
  name: 'trim',
  parameters: ['string'],
  apply: ([text]) => trimWhiteSpace(text as string),
};

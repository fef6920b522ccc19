import type { Value } from '../../contract.ts';
import type { EagerFunction } from '../function-definition.ts';

export const length: EagerFunction = {
  kind: 'eager',
  name: 'length',
  parameters: ['string or array'],
  apply: ([collection]) => (collection as string | readonly Value[]).length,
};

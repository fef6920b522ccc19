import type { Value } from '../../contract.ts';
import type { EagerFunction } from '../function-definition.ts';

export const first: EagerFunction = {
  kind: 'eager',
  name: 'first',
  parameters: ['string or array'],
  apply: ([collection]) =>
    typeof collection === 'string'
      ? ([...collection.slice(0, 2)][0] ?? '')
      : ((collection as readonly Value[])[0] ?? null),
};

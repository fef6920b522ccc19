import type { Value } from '../../contract.ts';
import type { EagerFunction } from '../function-definition.ts';

export const last: EagerFunction = {
  kind: 'eager',
  name: 'last',
  parameters: ['string or array'],
  apply: ([collection]) =>
    typeof collection === 'string'
      ? ([...collection.slice(-2)].at(-1) ?? '')
      : ((collection as readonly Value[]).at(-1) ?? null),
};

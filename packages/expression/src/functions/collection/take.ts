import type { Value } from '../../contract.ts';
import type { EagerFunction } from '../function-definition.ts';

export const take: EagerFunction = {
  kind: 'eager',
  name: 'take',
  parameters: ['string or array', 'integer'],
  apply: ([collection, count]) => (collection as string | readonly Value[]).slice(0, Math.max(0, Number(count))),
};

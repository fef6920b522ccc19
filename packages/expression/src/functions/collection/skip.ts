import type { Value } from '../../contract.ts';
import type { EagerFunction } from '../function-definition.ts';

export const skip: EagerFunction = {
  kind: 'eager',
  name: 'skip',
  parameters: ['string or array', 'integer'],
  apply: ([collection, count]) => (collection as string | readonly Value[]).slice(Math.max(0, Number(count))),
};

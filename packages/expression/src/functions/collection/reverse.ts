import type { Value } from '../../contract.ts';
import type { EagerFunction } from '../function-definition.ts';

export const reverse: EagerFunction = {
  kind: 'eager',
  name: 'reverse',
  parameters: ['array'],
  apply: ([items]) => (items as readonly Value[]).toReversed(),
};

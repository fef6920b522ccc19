import type { ValueObject } from '../../contract.ts';
import { objectOf } from '../../values.ts';
import type { EagerFunction } from '../function-definition.ts';

export const removeProperty: EagerFunction = {
  kind: 'eager',
  name: 'removeProperty',
  parameters: ['object', 'string'],
  apply: ([object, name]) => objectOf(Object.entries(object as ValueObject).filter(([key]) => key !== name)),
};

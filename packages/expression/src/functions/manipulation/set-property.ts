import type { ValueObject } from '../../contract.ts';
import { objectOf } from '../../values.ts';
import type { EagerFunction } from '../function-definition.ts';

export const setProperty: EagerFunction = {
  kind: 'eager',
  name: 'setProperty',
  parameters: ['object', 'string', 'any'],
  apply: ([object, name, value = null]) =>
    objectOf([...Object.entries(object as ValueObject), [name as string, value]]),
};

import type { Scope, Value } from '../../contract.ts';
import { isObject, memberOf } from '../../values.ts';
import type { EagerFunction } from '../function-definition.ts';

export const triggerOutputs: EagerFunction = {
  kind: 'eager',
  name: 'triggerOutputs',
  parameters: [],
  apply: (_, scope) => triggerOutputsOf(scope),
};

export function triggerOutputsOf(scope: Scope): Value {
  const record = scope.trigger();
  return isObject(record) ? (memberOf(record, 'outputs') ?? null) : null;
}

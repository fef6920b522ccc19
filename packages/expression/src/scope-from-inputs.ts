import { randomUUID } from 'node:crypto';
import type { JsonValue, Scope, Value, ValueObject } from './contract.ts';
import { ExpressionError } from './errors.ts';
import { isObject, memberInAnyCase, memberOf } from './values.ts';

/**
 * A scope over given inputs: `parameters`, `variables`, `actions`, `trigger`, `items`, `item`, `scopes`, `iterationIndexes`, `workflow`,
 * `appsettings` and `now` (a timestamp). For the command line, tests and conformance.
 */
export function scopeFromInputs(inputs: JsonValue): Scope {
  const root: ValueObject = isObject(inputs as Value) ? (inputs as ValueObject) : {};
  const group = (name: string): ValueObject => {
    const value = memberOf(root, name) ?? null;
    return isObject(value) ? value : {};
  };
  const find = (groupName: string, name: string): Value => {
    const value = memberInAnyCase(group(groupName), name);
    if (value === undefined) throw new ExpressionError(`There is no '${name}' in the inputs' '${groupName}'.`);
    return value;
  };
  const now = memberOf(root, 'now');
  return {
    parameter: (name) => find('parameters', name),
    variable: (name) => find('variables', name),
    trigger: () => memberOf(root, 'trigger') ?? null,
    action: (name) => find('actions', name),
    actionOutputs: (name) => {
      const record = find('actions', name);
      return isObject(record) ? (memberOf(record, 'outputs') ?? null) : null;
    },
    currentAction: () => memberOf(root, 'action') ?? null,
    result: (name) => find('scopes', name),
    item: () => memberOf(root, 'item') ?? null,
    items: (name) => find('items', name),
    iterationIndex: (name) => find('iterationIndexes', name),
    workflow: () => memberOf(root, 'workflow') ?? null,
    appSetting: (name) => find('appsettings', name),
    listCallbackUrl: () => memberOf(root, 'callbackUrl') ?? null,
    now: () => (typeof now === 'string' ? Date.parse(now) : Date.now()),
    random: Math.random,
    guid: randomUUID,
  };
}

import { parseJson, toText, type Value } from '@patchbay/expression';
import type { ActionRecord } from '../contract.ts';
import { isList, lowerText, valueMember } from './value-types.ts';
import { readVariableType, type Variables } from './variables.ts';

const changes = new Set([
  'initializevariable',
  'setvariable',
  'incrementvariable',
  'decrementvariable',
  'appendtoarrayvariable',
  'appendtostringvariable',
]);

/** Does again, in the order of the records, what they say was done to variables. */
export function restoreVariables(
  variables: Variables,
  records: readonly ActionRecord[],
  typeOf: (action: string) => string,
): void {
  const changing = records
    .filter((record) => record.status === 'Succeeded' && record.outputs !== undefined)
    .map((record) => ({ record, type: typeOf(record.action).toLowerCase() }))
    .filter(({ type }) => changes.has(type))
    .sort((left, right) => left.record.sequence - right.record.sequence);
  for (const { record, type } of changing) {
    const body = valueMember(parseJson(record.outputs ?? 'null'), 'body') ?? null;
    for (const change of isList(body) ? body : [body]) apply(variables, type, change);
  }
}

function apply(variables: Variables, type: string, change: Value): void {
  const name = valueMember(change, 'name');
  const value = valueMember(change, 'value') ?? null;
  if (typeof name !== 'string') return;
  switch (type) {
    case 'initializevariable':
      variables.initialize(name, readVariableType(lowerText(valueMember(change, 'type'))) ?? 'Object', value);
      return;
    case 'appendtoarrayvariable':
      variables.append(name, value);
      return;
    case 'appendtostringvariable':
      variables.appendText(name, toText(value));
      return;
    default:
      variables.set(name, value);
  }
}

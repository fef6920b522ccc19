import type { JsonValue } from '@patchbay/expression';
import { jsonKind, member, textMember } from '../../plan/json.ts';
import type { VariableType } from '../../run/variables.ts';
import type { FlowRule, Report } from '../rule.ts';

export const variableType: FlowRule = {
  code: 'variable-type',
  severity: 'warning',
  title: 'A variable is given values of its own type.',
  why: 'A value of another type makes the action fail when it is reached.',
  bad: '{ "actions": { "Init": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "n", "type": "integer", "value": "none" }] } } } }',
  good: '{ "actions": { "Init": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "n", "type": "integer", "value": 0 }] } } } }',
  check({ declarations, actions }, report) {
    const types = new Map<string, VariableType>();
    for (const { name, type, value, pointer } of declarations) {
      if (type === undefined) continue;
      types.set(name.toLowerCase(), type);
      checkValue({ name, type, value, pointer: `${pointer}/value` }, report);
    }
    for (const { kind, inputs, pointer } of actions) {
      const name = kind === 'setvariable' ? textMember(inputs, 'name') : undefined;
      const type = types.get(name?.toLowerCase() ?? '');
      if (name === undefined || type === undefined) continue;
      checkValue({ name, type, value: member(inputs, 'value'), pointer: `${pointer}/inputs/value` }, report);
    }
  },
};

type Assignment = {
  readonly name: string;
  readonly type: VariableType;
  readonly value: JsonValue | undefined;
  readonly pointer: string;
};

/** Only values that are written down are known. */
function checkValue({ name, type, value, pointer }: Assignment, report: Report): void {
  if (value === undefined || value === null || isWholeExpression(value) || accepts[type](value)) return;
  report(
    pointer,
    `the variable "${name}" is of type ${type}, and is given ${jsonKind(value)}: that fails when it is reached`,
  );
}

/** An expression that is the whole text may answer any type. */
function isWholeExpression(value: JsonValue): boolean {
  return typeof value === 'string' && /^@[^@{]/.test(value);
}

const accepts: { readonly [type in VariableType]: (value: JsonValue) => boolean } = {
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Integer: (value) => typeof value === 'number' && Number.isInteger(value),
  Float: (value) => typeof value === 'number',
  Object: (value) => typeof value === 'object' && !Array.isArray(value),
  Array: (value) => Array.isArray(value),
};

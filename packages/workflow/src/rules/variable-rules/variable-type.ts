import type { JsonValue, ResultType } from '@patchbay/expression';
import { jsonKind, member, textMember } from '../../plan/json.ts';
import type { VariableType } from '../../run/variables.ts';
import { knownType } from '../known-type.ts';
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
      const name = textMember(inputs, 'name');
      const type = types.get(name?.toLowerCase() ?? '');
      if (name === undefined || type === undefined) continue;
      const given = { name, value: member(inputs, 'value'), pointer: `${pointer}/inputs/value` };
      if (kind === 'setvariable') checkValue({ ...given, type }, report);
      if (kind === 'incrementvariable' || kind === 'decrementvariable') checkStep(given, report);
    }
  },
};

type Assignment = {
  readonly name: string;
  readonly type: VariableType;
  readonly value: JsonValue | undefined;
  readonly pointer: string;
};

function checkValue({ name, type, value, pointer }: Assignment, report: Report): void {
  const given = value === undefined ? undefined : knownType(value);
  if (given === undefined || given === 'Null' || value === undefined) return;
  const isNumeric = type === 'Integer' || type === 'Float';
  const isFraction = typeof value === 'number' && !Number.isInteger(value);
  if (isNumeric ? given === 'Number' && !(type === 'Integer' && isFraction) : given === type) return;
  report(
    pointer,
    `the variable "${name}" is of type ${type}, and is given ${describeGiven(value, given)}: that fails when it is reached`,
  );
}

/** What a variable is counted up or down by; of the variable itself another rule tells. */
function checkStep({ name, value, pointer }: Omit<Assignment, 'type'>, report: Report): void {
  const given = value === undefined ? undefined : knownType(value);
  if (given === undefined || given === 'Number' || value === undefined) return;
  report(
    pointer,
    `the variable "${name}" is changed by a number, and is given ${describeGiven(value, given)}: that fails when it is reached`,
  );
}

function describeGiven(value: JsonValue, type: ResultType): string {
  return typeof value === 'string' && value.includes('@') ? `a value of type ${type}` : jsonKind(value);
}

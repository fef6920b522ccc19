import { textMember } from '../../plan/json.ts';
import type { VariableType } from '../../run/variables.ts';
import type { FlowRule } from '../rule.ts';

const allowedTypes: ReadonlyMap<string, readonly VariableType[]> = new Map([
  ['incrementvariable', ['Integer', 'Float']],
  ['decrementvariable', ['Integer', 'Float']],
  ['appendtoarrayvariable', ['Array']],
  ['appendtostringvariable', ['String']],
]);

export const variableOperation: FlowRule = {
  code: 'variable-operation',
  severity: 'warning',
  title: 'A variable is changed as its type allows: numbers are incremented, arrays and texts are appended to.',
  why: 'Another operation makes the action fail when it is reached.',
  bad: '{ "actions": { "Init": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "n", "type": "integer", "value": 0 }] } }, "Add": { "type": "AppendToArrayVariable", "inputs": { "name": "n", "value": 1 }, "runAfter": { "Init": ["Succeeded"] } } } }',
  good: '{ "actions": { "Init": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "n", "type": "integer", "value": 0 }] } }, "Add": { "type": "IncrementVariable", "inputs": { "name": "n", "value": 1 }, "runAfter": { "Init": ["Succeeded"] } } } }',
  check({ declarations, actions }, report) {
    const types = new Map(declarations.map(({ name, type }) => [name.toLowerCase(), type]));
    for (const { name, kind, type, inputs, pointer } of actions) {
      const variable = textMember(inputs, 'name');
      const declared = types.get(variable?.toLowerCase() ?? '');
      const allowed = allowedTypes.get(kind);
      if (allowed === undefined || declared === undefined || allowed.includes(declared)) continue;
      report(
        `${pointer}/inputs/name`,
        `"${name}" is of type ${type}, and the variable "${variable}" of type ${declared}: that fails when it is reached`,
      );
    }
  },
};

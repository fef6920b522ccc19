import { suggestion } from '../closest-name.ts';
import type { FlowRule } from '../rule.ts';

export const variableUnknown: FlowRule = {
  code: 'variable-unknown',
  severity: 'error',
  title: 'A variable is initialized somewhere.',
  why: 'The platform refuses a flow that uses a variable which no InitializeVariable declares.',
  bad: '{ "actions": { "Count": { "type": "IncrementVariable", "inputs": { "name": "n", "value": 1 } } } }',
  good: '{ "actions": { "Init": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "n", "type": "integer", "value": 0 }] } }, "Count": { "type": "IncrementVariable", "inputs": { "name": "n", "value": 1 }, "runAfter": { "Init": ["Succeeded"] } } } }',
  check({ uses, declarations }, report) {
    const known = new Map(declarations.map(({ name }) => [name.toLowerCase(), name]));
    for (const { kind, name, pointer } of uses) {
      if (kind !== 'variable' || name === undefined || known.has(name.toLowerCase())) continue;
      report(pointer, () => `the variable "${name}" is never initialized${suggestion(name, known.values())}`);
    }
  },
};

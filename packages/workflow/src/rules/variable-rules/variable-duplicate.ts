import type { FlowRule } from '../rule.ts';

export const variableDuplicate: FlowRule = {
  code: 'variable-duplicate',
  severity: 'error',
  title: 'A variable is initialized once.',
  why: 'The platform refuses a flow that declares a name twice, in whatever case it is written.',
  bad: '{ "actions": { "Init": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "n", "type": "integer", "value": 0 }] } }, "Again": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "N", "type": "string" }] }, "runAfter": { "Init": ["Succeeded"] } } } }',
  good: '{ "actions": { "Init": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "n", "type": "integer", "value": 0 }] } } } }',
  check({ declarations }, report) {
    const seen = new Set<string>();
    for (const { name, pointer } of declarations) {
      if (seen.has(name.toLowerCase()))
        report(`${pointer}/name`, `the variable "${name}" is initialized more than once`);
      seen.add(name.toLowerCase());
    }
  },
};

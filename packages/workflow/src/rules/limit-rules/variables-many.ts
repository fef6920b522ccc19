import type { FlowRule } from '../rule.ts';

const mostVariables = 250;

export const variablesMany: FlowRule = {
  code: 'variables-many',
  severity: 'warning',
  title: 'A flow has at most 250 variables.',
  why: 'The platform takes no more; here it works. Put several values into one variable of type Object.',
  bad: '{ "actions": { "Init_1": { "type": "InitializeVariable", … }, "Init_251": … } }',
  good: '{ "actions": { "Init_1": { "type": "InitializeVariable", … }, "Init_250": … } }',
  check({ declarations }, report) {
    const first = declarations[mostVariables];
    if (first === undefined) return;
    report(first.pointer, `the flow has ${declarations.length} variables; flows of the platform take ${mostVariables}`);
  },
};

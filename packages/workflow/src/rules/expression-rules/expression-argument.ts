import type { FlowRule } from '../rule.ts';

export const expressionArgument: FlowRule = {
  code: 'expression-argument',
  severity: 'warning',
  title: 'A function is given constants that it takes.',
  why: 'A constant of the wrong type, or one that the function cannot work with, fails whenever the expression is evaluated.',
  bad: `{ "actions": { "Sum": { "type": "Compose", "inputs": "@add('1', 2)" } } }`,
  good: '{ "actions": { "Sum": { "type": "Compose", "inputs": "@add(1, 2)" } } }',
  check({ templates }, report) {
    for (const { problems, pointer } of templates) {
      for (const { reason, message } of problems) {
        if (reason !== 'argument-type' && reason !== 'argument-invalid') continue;
        report(pointer, `${message} It fails whenever it is evaluated.`);
      }
    }
  },
};

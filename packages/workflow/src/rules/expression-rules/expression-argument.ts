import { describeProblem } from '../describe-problem.ts';
import type { FlowRule } from '../rule.ts';

export const expressionArgument: FlowRule = {
  code: 'expression-argument',
  severity: 'warning',
  title: 'A function is given what it takes, where that is known.',
  why: 'A constant of the wrong type, one that the function cannot work with, or the answer of a function that is always of another type, fails whenever the expression is evaluated.',
  bad: `{ "actions": { "Sum": { "type": "Compose", "inputs": "@add('1', 2)" } } }`,
  good: '{ "actions": { "Sum": { "type": "Compose", "inputs": "@add(1, 2)" } } }',
  check({ templates }, report) {
    for (const { problems, pointer, text } of templates) {
      for (const problem of problems) {
        if (problem.reason !== 'argument-type' && problem.reason !== 'argument-invalid') continue;
        report(pointer, () => `${describeProblem(problem, text)} It fails whenever it is evaluated.`);
      }
    }
  },
};

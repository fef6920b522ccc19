import { member } from '../../plan/json.ts';
import type { FlowRule } from '../rule.ts';

export const splitWithResponse: FlowRule = {
  code: 'split-with-response',
  severity: 'error',
  title: 'A flow whose trigger splits has no Response that a caller waits for.',
  why: 'One request starts many runs, so none of them has a caller to answer (the code of the platform is WorkflowUnsupportedSplitOnTriggerForResponseAction). A Response with the option Asynchronous only acknowledges, and may stay.',
  bad: `{ "triggers": { "manual": { "type": "Request", "kind": "Http", "splitOn": "@triggerBody()?['items']" } }, "actions": { "Answer": { "type": "Response", "inputs": { "statusCode": 200 } } } }`,
  good: '{ "triggers": { "manual": { "type": "Request", "kind": "Http" } }, "actions": { "Answer": { "type": "Response", "inputs": { "statusCode": 200 } } } }',
  check({ actions, triggers }, report) {
    const answering = actions.find(({ compiled }) => compiled.role === 'response' && compiled.isAsynchronous !== true);
    if (answering === undefined) return;
    for (const { name, definition, pointer } of triggers) {
      const splitOn = member(definition, 'splitOn');
      if (splitOn === undefined || splitOn === null) continue;
      report(
        `${pointer}/splitOn`,
        `trigger "${name}" splits, so the Response "${answering.name}" has no one caller to answer (WorkflowUnsupportedSplitOnTriggerForResponseAction); remove one of them, or give the Response the option Asynchronous`,
      );
    }
  },
};

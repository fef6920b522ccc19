import type { FlowRule } from '../rule.ts';

/** Functions, lower-case, that ask for what is there only once a run has begun. */
const afterTheTrigger = ['actions', 'body', 'outputs', 'actionbody', 'actionoutputs', 'result', 'items', 'variables'];

export const functionOutOfPlace: FlowRule = {
  code: 'function-out-of-place',
  severity: 'warning',
  title: 'listCallbackUrl() stands in what waits to be called back, and a trigger uses no results of actions.',
  why: 'There is nothing that the function could answer there: it fails when it is evaluated.',
  bad: `{ "triggers": { "Daily": { "type": "Recurrence", "recurrence": { "frequency": "Day", "interval": 1, "startTime": "@{outputs('Find')}" } } }, "actions": { "Find": { "type": "Compose", "inputs": 1 } } }`,
  good: '{ "triggers": { "Daily": { "type": "Recurrence", "recurrence": { "frequency": "Day", "interval": 1 } } }, "actions": { "Find": { "type": "Compose", "inputs": 1 } } }',
  check({ templates, actions }, report) {
    for (const { functions, pointer, action } of templates) {
      const user = actions[action];
      if (functions.has('listcallbackurl') && user !== undefined && user.compiled.isWebhook !== true) {
        report(pointer, `"${user.name}" does not wait to be called back, so listCallbackUrl() has no address here`);
      }
      if (!pointer.startsWith('/triggers/')) continue;
      for (const name of afterTheTrigger) {
        if (functions.has(name))
          report(pointer, `no action has run when this is evaluated: ${name}() fails in a trigger`);
      }
    }
  },
};

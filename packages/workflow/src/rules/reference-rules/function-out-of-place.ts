import type { FlowRule } from '../rule.ts';

/** Functions, lower-case, that ask for what is there only once a run has begun. */
const ofActions: ReadonlySet<string> = new Set([
  'actions',
  'body',
  'outputs',
  'actionbody',
  'actionoutputs',
  'result',
  'items',
  'variables',
]);
const ofTheTrigger: ReadonlySet<string> = new Set([
  'trigger',
  'triggerbody',
  'triggeroutputs',
  'triggerformdatavalue',
  'triggerformdatamultivalues',
  'triggermultipartbody',
]);
const beforeItFires = [
  'recurrence',
  'inputs/method',
  'inputs/uri',
  'inputs/path',
  'inputs/queries',
  'inputs/parameters',
  'inputs/subscribe',
];

export const functionOutOfPlace: FlowRule = {
  code: 'function-out-of-place',
  severity: 'warning',
  title:
    'A function is used where there is what it asks for: listCallbackUrl() in what waits to be called back, results of actions in actions, and what a trigger saw after it has fired.',
  why: 'There is nothing that the function could answer there: it fails when it is evaluated. A trigger sees itself in its conditions, in splitOn and in its tracking id, not in its inputs and its recurrence.',
  bad: `{ "triggers": { "Daily": { "type": "Recurrence", "recurrence": { "frequency": "Day", "interval": 1, "startTime": "@triggerBody()?['time']" } } }, "actions": {} }`,
  good: '{ "triggers": { "Daily": { "type": "Recurrence", "recurrence": { "frequency": "Day", "interval": 1 } } }, "actions": {} }',
  check({ templates, actions, triggers }, report) {
    for (const { functions, pointer, action } of templates) {
      const user = actions[action];
      if (functions.has('listcallbackurl') && user !== undefined && user.compiled.isWebhook !== true) {
        report(pointer, `"${user.name}" does not wait to be called back, so listCallbackUrl() has no address here`);
      }
      if (!pointer.startsWith('/triggers/')) continue;
      const isBefore = triggers.some((trigger) =>
        beforeItFires.some((part) => pointer.startsWith(`${trigger.pointer}/${part}`)),
      );
      for (const name of functions) {
        if (ofActions.has(name))
          report(pointer, `no action has run when this is evaluated: ${name}() fails in a trigger`);
        if (isBefore && ofTheTrigger.has(name))
          report(pointer, `the trigger has not fired when this is evaluated: ${name}() fails here`);
      }
    }
  },
};

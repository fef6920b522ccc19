import type { FlowRule } from '../rule.ts';

export const terminateInLoop: FlowRule = {
  code: 'terminate-in-loop',
  severity: 'error',
  title: 'A Terminate does not stand in a Foreach or Until loop.',
  why: 'The platform refuses it: which of the iterations under way would end the run is left to chance.',
  bad: '{ "actions": { "Each": { "type": "Foreach", "foreach": [1], "actions": { "End": { "type": "Terminate", "inputs": { "runStatus": "Failed" } } } } } }',
  good: '{ "actions": { "Each": { "type": "Foreach", "foreach": [1], "actions": {} }, "End": { "type": "Terminate", "inputs": { "runStatus": "Failed" }, "runAfter": { "Each": ["Failed"] } } } }',
  check({ actions, ownersOf }, report) {
    for (const { kind, name, index, pointer } of actions) {
      if (kind !== 'terminate') continue;
      const loop = ownersOf(index).find(({ compiled }) => compiled.role === 'loop');
      if (loop === undefined) continue;
      report(pointer, `"${name}" stands in the loop "${loop.name}", where no run may be ended; put it after the loop`);
    }
  },
};

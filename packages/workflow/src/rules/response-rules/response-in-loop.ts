import type { FlowRule } from '../rule.ts';

export const responseInLoop: FlowRule = {
  code: 'response-in-loop',
  severity: 'error',
  title: 'A Response does not stand in a Foreach or Until loop.',
  why: 'A caller is answered once. The platform refuses a Response that could be reached again.',
  bad: '{ "triggers": { "manual": { "type": "Request", "kind": "Http" } }, "actions": { "Each": { "type": "Foreach", "foreach": [1], "actions": { "Answer": { "type": "Response", "inputs": { "statusCode": 200 } } } } } }',
  good: '{ "triggers": { "manual": { "type": "Request", "kind": "Http" } }, "actions": { "Each": { "type": "Foreach", "foreach": [1], "actions": {} }, "Answer": { "type": "Response", "inputs": { "statusCode": 200 }, "runAfter": { "Each": ["Succeeded"] } } } }',
  check({ actions, ownersOf }, report) {
    for (const { name, index, compiled, pointer } of actions) {
      if (compiled.role !== 'response') continue;
      const loop = ownersOf(index).find((owner) => owner.compiled.role === 'loop');
      if (loop === undefined) continue;
      report(
        pointer,
        `"${name}" stands in the loop "${loop.name}", and a caller is answered once; put it after the loop`,
      );
    }
  },
};

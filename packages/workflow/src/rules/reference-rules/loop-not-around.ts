import type { FlowRule } from '../rule.ts';

const kinds = { loop: ['foreach'], iteration: ['until', 'foreach'] };

export const loopNotAround: FlowRule = {
  code: 'loop-not-around',
  severity: 'error',
  title: 'items() and iterationIndexes() name a loop around the action.',
  why: 'Outside of a loop there is no current item of it: the platform refuses the flow.',
  bad: `{ "actions": { "Each": { "type": "Foreach", "foreach": [1], "actions": {} }, "Tell": { "type": "Compose", "inputs": "@items('Each')", "runAfter": { "Each": ["Succeeded"] } } } }`,
  good: `{ "actions": { "Each": { "type": "Foreach", "foreach": [1], "actions": { "Tell": { "type": "Compose", "inputs": "@items('Each')" } } } } }`,
  check({ uses, actions, byName, ownersOf }, report) {
    for (const { kind, name, pointer, action } of uses) {
      if (name === undefined || (kind !== 'loop' && kind !== 'iteration')) continue;
      const loop = actions[byName.get(name.toLowerCase()) ?? -1];
      if (loop === undefined) continue;
      const isAround = loop.index === action || ownersOf(action).some(({ index }) => index === loop.index);
      if (!isAround) {
        const where = action < 0 ? 'this' : `"${actions[action]?.name}"`;
        report(pointer, `"${loop.name}" is not around ${where}, so it has no current item or iteration there`);
      } else if (!kinds[kind].includes(loop.kind)) {
        const what = kind === 'loop' ? 'items' : 'iterations';
        report(pointer, `"${loop.name}" is of type ${loop.type}, so it has no ${what}`);
      }
    }
  },
};

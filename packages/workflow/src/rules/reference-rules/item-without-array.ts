import type { FlowRule } from '../rule.ts';

/** The inputs that are evaluated for each item, by lower-case type. */
const perItem: ReadonlyMap<string, readonly string[]> = new Map([
  ['query', ['where']],
  ['select', ['select']],
  ['table', ['columns']],
]);

export const itemWithoutArray: FlowRule = {
  code: 'item-without-array',
  severity: 'warning',
  title: 'item() stands in a Foreach loop, or in what Query, Select and Table do with each item.',
  why: 'Elsewhere there is no item: it fails when it is evaluated.',
  bad: '{ "actions": { "Tell": { "type": "Compose", "inputs": "@item()" } } }',
  good: '{ "actions": { "Double": { "type": "Select", "inputs": { "from": [1, 2], "select": "@mul(item(), 2)" } } } }',
  check({ uses, actions, ownersOf }, report) {
    for (const { kind, pointer, action } of uses) {
      if (kind !== 'item') continue;
      const user = actions[action];
      const parts = perItem.get(user?.kind ?? '') ?? [];
      if (parts.some((part) => pointer.startsWith(`${user?.pointer}/inputs/${part}`))) continue;
      if (ownersOf(action).some((owner) => owner.kind === 'foreach')) continue;
      report(pointer, 'there is no array around this whose item it could be: item() fails here');
    }
  },
};

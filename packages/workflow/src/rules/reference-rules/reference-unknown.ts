import { suggestion } from '../closest-name.ts';
import type { FlowRule } from '../rule.ts';

const named: ReadonlySet<string> = new Set(['action', 'result', 'loop', 'iteration']);

export const referenceUnknown: FlowRule = {
  code: 'reference-unknown',
  severity: 'error',
  title: 'An expression names only actions that there are.',
  why: 'There is nothing to take the value from: the platform refuses the flow.',
  bad: `{ "actions": { "Tell": { "type": "Compose", "inputs": "@body('Gone')" } } }`,
  good: `{ "actions": { "Find": { "type": "Compose", "inputs": 1 }, "Tell": { "type": "Compose", "inputs": "@outputs('Find')", "runAfter": { "Find": ["Succeeded"] } } } }`,
  check({ uses, byName }, report) {
    for (const { kind, name, pointer } of uses) {
      if (name === undefined || !named.has(kind) || byName.has(name.toLowerCase())) continue;
      const what = kind === 'loop' || kind === 'iteration' ? 'loop' : 'action';
      report(pointer, () => `there is no ${what} named "${name}"${suggestion(name, byName.keys())}`);
    }
  },
};

import { expect, it } from 'vitest';
import { buildSteps } from './step-tree.ts';

it('orders steps as they run and nests what is inside', () => {
  expect(
    buildSteps({
      Last: { type: 'Compose', runAfter: { Check: ['Succeeded'] } },
      Check: {
        type: 'If',
        runAfter: { First: ['Succeeded'] },
        actions: { Yes: { type: 'Compose' } },
        else: { actions: { No: { type: 'Compose' } } },
      },
      First: { type: 'Foreach', actions: { Inner: { type: 'Http' } } },
    }),
  ).toEqual([
    {
      name: 'First',
      type: 'Foreach',
      branches: [{ title: '', steps: [{ name: 'Inner', type: 'Http', branches: [] }] }],
    },
    {
      name: 'Check',
      type: 'If',
      branches: [
        { title: 'If true', steps: [{ name: 'Yes', type: 'Compose', branches: [] }] },
        { title: 'If false', steps: [{ name: 'No', type: 'Compose', branches: [] }] },
      ],
    },
    { name: 'Last', type: 'Compose', branches: [] },
  ]);
});

it('shows a circle as it was written', () => {
  const steps = buildSteps({ A: { runAfter: { B: [] } }, B: { runAfter: { A: [] } } });
  expect(steps.map((step) => step.name)).toEqual(['A', 'B']);
});

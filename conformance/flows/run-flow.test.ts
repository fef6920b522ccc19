import type { JsonValue } from '@patchbay/expression';
import { expect, it } from 'vitest';
import { FlowEnds } from './flow-ends.ts';
import { runFlow } from './run-flow.ts';

const triggers = { manual: { type: 'Request' } };

function fileOf(definition: JsonValue) {
  return { definition, parameters: {}, connectionReferences: {}, kind: 'Stateful' as const };
}

const days = { type: 'Wait', inputs: { interval: { count: 2, unit: 'Day' } } };
const never = { type: 'Until', expression: false, limit: { count: 50, timeout: 'P5D' }, actions: { Pause: days } };

it.each<readonly [string, JsonValue, string]>([
  ['succeeds, however long it waits', { triggers, actions: { Pause: days } }, 'succeeded '],
  ['goes on when a loop is at its limit', { triggers, actions: { Never: never } }, 'succeeded '],
  [
    'ends as it says',
    { triggers, actions: { End: { type: 'Terminate', inputs: { runStatus: 'Failed' } } } },
    'own its Terminate',
  ],
  [
    'fails whatever it is given',
    { triggers, actions: { A: { type: 'Compose', inputs: '@div(1, 0)' } } },
    "own A: InvalidTemplate Unable to process template language expressions in action 'A' inputs at line '0' and column '0': 'Attempt to divide an integral or decimal value by zero in function 'div'.'.",
  ],
  [
    'does not fire',
    { triggers: { manual: { type: 'Request', conditions: [{ expression: '@equals(1, 2)' }] } }, actions: {} },
    "own The condition '@equals(1, 2)' of trigger 'manual' is not met.",
  ],
  ['has no trigger', { triggers: {}, actions: {} }, 'own it has no trigger'],
  [
    'works on data that cannot be had, also where it handles that',
    {
      triggers,
      actions: {
        A: { type: 'Compose', inputs: "@div(1, sub(triggerBody()?['n'], triggerBody()?['n']))" },
        B: { type: 'Compose', inputs: 1, runAfter: { A: ['Failed'] } },
      },
    },
    "unexplained A: InvalidTemplate Unable to process template language expressions in action 'A' inputs at line '0' and column '0': 'Attempt to divide an integral or decimal value by zero in function 'div'.'.",
  ],
  [
    'is refused',
    { triggers, actions: { A: { type: 'Compose', inputs: "@body('B')" } } },
    expect.stringContaining('unexplained refused: the definition of'),
  ],
])('tells the end of a flow that %s', async (_what, definition, expected) => {
  const { kind, reason } = await runFlow(fileOf(definition), 'matching');
  expect(`${kind} ${reason}`).toEqual(expected);
});

it('counts how flows end and which actions were executed', async () => {
  const ends = new FlowEnds();
  const branches = {
    If: {
      type: 'If',
      expression: { equals: ["@triggerBody()?['a']", 'x'] },
      actions: { Yes: { type: 'Compose', inputs: 1 } },
      else: { actions: { No: { type: 'Terminate', inputs: { runStatus: 'Cancelled' } } } },
    },
    Never: { type: 'Compose', inputs: 1, runAfter: { If: ['Failed'] } },
  };
  await ends.run('branches', fileOf({ triggers, actions: branches }));
  await ends.run('refused', fileOf({ triggers, actions: { A: { type: 'Compose', inputs: "@body('B')" } } }));
  expect({ errors: ends.engineErrors, share: ends.explainedShare, lines: ends.lines() }).toEqual({
    errors: 0,
    share: 0.5,
    lines: [
      expect.stringContaining('not explained: refused (matching data): refused: '),
      expect.stringContaining('not explained: refused (other data): refused: '),
      '2 flows run twice: 1 succeeded, 1 ended by the flow itself, 0 engine errors, 2 not explained (50.0 % explained)',
      "3 of 5 actions were executed; 0 answers are as a connector's definition says",
    ],
  });
});

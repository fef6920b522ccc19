import type { JsonValue } from '@patchbay/expression';
import { expect, it } from 'vitest';
import type { RunStore } from '../contract.ts';
import { eventLoopTurns } from '../test-world/manual-clock.ts';
import { flowOf, triggers, type World, world } from '../test-world/test-world.ts';
import type { FireResult } from './engine-contract.ts';

/** `/0` fails until the upstream is mended; everything else answers the last part of its path. */
function brokenWorld(): World & { mend(): void } {
  let isBroken = true;
  const made = world(({ uri }) => {
    const n = Number(uri.split('/').at(-1));
    return { statusCode: isBroken && n === 0 ? 500 : 200, headers: {}, body: n };
  });
  return {
    ...made,
    mend: () => {
      isBroken = false;
    },
  };
}

function post(n: JsonValue, after: JsonValue = {}, method = 'POST'): JsonValue {
  const uri = typeof n === 'number' ? `https://up.test/${n}` : `https://up.test/@{${String(n)}}`;
  return { type: 'Http', inputs: { method, uri, retryPolicy: { type: 'none' } }, runAfter: after };
}

function runIdOf({ runs }: FireResult): string {
  return runs[0]?.runId ?? '';
}

async function statusesOf(store: RunStore, runId: string, names: readonly string[]): Promise<readonly string[]> {
  const records = (await Promise.all(names.map((name) => store.listActions(runId, name)))).flat();
  return records.map(({ action, iteration, status }) => `${action}${iteration && ` ${iteration}`}: ${status}`);
}

/** Runs the flow with a broken upstream, then from some actions on with one that is mended; the calls of the second run. */
async function rerunFlow(actions: JsonValue, from: readonly string[], body: JsonValue = null) {
  const { engine, store, clock, invoker, mend } = brokenWorld();
  const flow = flowOf({ triggers, actions });
  const one = engine(flow);
  await one.start();
  const first = runIdOf(await one.fire({ flow, trigger: 'manual', outputs: { body } }));
  await clock.advance(10 * 3_600_000);
  mend();
  const before = invoker.calls.length;
  const second = runIdOf(await one.rerun({ runId: first, actions: from }));
  await clock.advance(10 * 3_600_000);
  const calls = invoker.calls.slice(before).map(({ action, iteration }) => `${action}${iteration && ` ${iteration}`}`);
  await one.drain(0);
  return { store, first, second, calls, status: (await store.findRun(second))?.status };
}

it('does a failed action again and what runs after it, with the results before it kept', async () => {
  const { store, first, second, calls, status } = await rerunFlow(
    {
      Before: post(1),
      Fails: post(0, { Before: ['Succeeded'] }),
      After: post(2, { Fails: ['Succeeded'] }),
      Beside: post(3),
      Result: {
        type: 'Compose',
        inputs: "@concat(body('Before'), body('Fails'), triggerBody())",
        runAfter: { After: ['Succeeded'] },
      },
    },
    ['fails'],
    'x',
  );
  expect(calls).toEqual(['Fails', 'After']);
  expect(status).toBe('Succeeded');
  expect((await store.listActions(second, 'Result'))[0]?.outputs).toBe('"10x"');
  const { origin, trigger } = (await store.findRun(second)) ?? {};
  expect(origin).toEqual({ runId: first, actions: ['fails'] });
  expect(trigger?.outputs).toBe('{"body":"x"}');
  expect((await store.listActions(second, 'Before'))[0]).toEqual({
    ...(await store.listActions(first, 'Before'))[0],
    runId: second,
  });
  expect((await store.findRun(first))?.status).toBe('Failed');
});

it('makes variables again from what is kept', async () => {
  const set = (value: JsonValue, after: string): JsonValue => ({
    type: 'AppendToArrayVariable',
    inputs: { name: 'seen', value },
    runAfter: { [after]: ['Succeeded', 'Failed'] },
  });
  const { store, second } = await rerunFlow(
    {
      Seen: { type: 'InitializeVariable', inputs: { variables: [{ name: 'seen', type: 'array', value: [] }] } },
      One: set(1, 'Seen'),
      Fails: post(0, { One: ['Succeeded'] }),
      Two: set(2, 'Fails'),
      Result: { type: 'Compose', inputs: "@variables('seen')", runAfter: { Two: ['Succeeded'] } },
    },
    ['Fails'],
  );
  expect((await store.listActions(second, 'Result'))[0]?.outputs).toBe('[1,2]');
});

it('does again only the iterations of a loop in which the action failed', async () => {
  const { store, second, calls, status } = await rerunFlow(
    {
      Each: {
        type: 'Foreach',
        foreach: '@triggerBody()',
        actions: { Call: post('item()'), Note: post('item()', { Call: ['Succeeded'] }) },
      },
      Result: { type: 'Compose', inputs: "@outputs('Note')", runAfter: { Each: ['Succeeded'] } },
    },
    ['Call'],
    [5, 0, 7],
  );
  expect(calls).toEqual(['Call 000001', 'Note 000001']);
  expect(status).toBe('Succeeded');
  expect(await statusesOf(store, second, ['Each', 'Call'])).toEqual([
    'Each: Succeeded',
    'Call 000000: Succeeded',
    'Call 000002: Succeeded',
    'Call 000001: Succeeded',
  ]);
  const bodies = JSON.parse((await store.listActions(second, 'Result'))[0]?.outputs ?? '[]') as { body: number }[];
  expect(bodies.map(({ body }) => body)).toEqual([5, 0, 7]);
});

it('finds the iterations that failed among many, in loops within loops', async () => {
  const lists = Array.from({ length: 230 }, (_, outer) => [1, outer === 7 || outer === 143 ? 0 : 2, 3]);
  const { store, second, calls, status } = await rerunFlow(
    {
      Count: { type: 'InitializeVariable', inputs: { variables: [{ name: 'count', type: 'integer', value: 0 }] } },
      Lists: {
        type: 'Foreach',
        foreach: '@triggerBody()',
        runAfter: { Count: ['Succeeded'] },
        actions: {
          Items: {
            type: 'Foreach',
            foreach: "@items('Lists')",
            actions: {
              Call: post("items('Items')"),
              Add: {
                type: 'IncrementVariable',
                inputs: { name: 'count', value: 1 },
                runAfter: { Call: ['Succeeded'] },
              },
            },
          },
          After: { type: 'Compose', inputs: 'done', runAfter: { Items: ['Succeeded'] } },
        },
      },
      Result: { type: 'Compose', inputs: "@variables('count')", runAfter: { Lists: ['Succeeded'] } },
    },
    ['Call'],
    lists,
  );
  expect([...calls].sort()).toEqual(['Call 000007-000001', 'Call 000143-000001']);
  expect(status).toBe('Succeeded');
  expect((await store.listActions(second, 'Result'))[0]?.outputs).toBe('690');
  const after = await store.listActions(second, 'After');
  expect([after.length, new Set(after.map((record) => record.status))]).toEqual([230, new Set(['Succeeded'])]);
});

it('goes on in the round of an Until in which the action failed, and forgets later ones', async () => {
  const { store, second, calls, status } = await rerunFlow(
    {
      N: { type: 'InitializeVariable', inputs: { variables: [{ name: 'n', type: 'integer', value: 3 }] } },
      Rounds: {
        type: 'Until',
        expression: "@less(variables('n'), 0)",
        limit: { count: 10, timeout: 'PT1H' },
        runAfter: { N: ['Succeeded'] },
        actions: {
          Less: { type: 'DecrementVariable', inputs: { name: 'n', value: 1 } },
          // 2, 1, 0, -1: the third round fails.
          Call: post("max(variables('n'), 0)", { Less: ['Succeeded'] }),
        },
      },
    },
    ['Call'],
  );
  expect(calls).toEqual(['Call 000002', 'Call 000003']);
  expect(status).toBe('Succeeded');
  expect(await statusesOf(store, second, ['Less', 'Rounds'])).toEqual([
    'Less 000000: Succeeded',
    'Less 000001: Succeeded',
    'Less 000002: Succeeded',
    'Less 000003: Succeeded',
    'Rounds: Succeeded',
  ]);
});

it('takes the same branch again and leaves out what had handled the failure', async () => {
  const { store, second, calls, status } = await rerunFlow(
    {
      Try: {
        type: 'Scope',
        actions: {
          Choose: {
            type: 'If',
            expression: { equals: ['@triggerBody()', 'x'] },
            actions: { Before: post(1), Fails: post(0, { Before: ['Succeeded'] }) },
            else: { actions: { Other: post(2) } },
          },
        },
      },
      Catch: { type: 'Scope', actions: { Tell: post(9) }, runAfter: { Try: ['Failed'] } },
      Give: { type: 'Terminate', inputs: { runStatus: 'Failed' }, runAfter: { Catch: ['Succeeded'] } },
      Next: post(3, { Try: ['Succeeded'] }),
    },
    ['Fails'],
    'x',
  );
  expect(calls).toEqual(['Fails', 'Next']);
  expect(status).toBe('Succeeded');
  expect(await statusesOf(store, second, ['Catch', 'Tell', 'Give', 'Other', 'Choose'])).toEqual([
    'Catch: Skipped',
    'Tell: Skipped',
    'Give: Skipped',
    'Other: Skipped',
    'Choose: Succeeded',
  ]);
});

it('does again a whole container that is named', async () => {
  const { calls, status } = await rerunFlow(
    { Both: { type: 'Scope', actions: { Before: post(1), Fails: post(0, { Before: ['Succeeded'] }) } } },
    ['Both'],
  );
  expect(calls).toEqual(['Before', 'Fails']);
  expect(status).toBe('Succeeded');
});

it('does again what was cut off when the run was stopped', async () => {
  const { engine, store, clock, invoker } = world();
  const flow = flowOf({
    triggers,
    actions: {
      Before: post(1),
      Group: {
        type: 'Scope',
        runAfter: { Before: ['Succeeded'] },
        actions: {
          First: post(2),
          Pause: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } }, runAfter: { First: ['Succeeded'] } },
          Last: post(3, { Pause: ['Succeeded'] }),
        },
      },
      Beside: { type: 'Wait', inputs: { interval: { count: 2, unit: 'Hour' } } },
      After: post(4, { Group: ['Succeeded'] }),
    },
  });
  const one = engine(flow);
  await one.start();
  const first = runIdOf(await one.fire({ flow, trigger: 'manual', outputs: null }));
  await clock.advance(60_000);
  const again = one.rerun({ runId: first, actions: ['Pause'] });
  await expect(again).rejects.toMatchObject({ code: 'RunNotEnded' });
  expect(await one.cancel(first)).toBe(true);
  await eventLoopTurns();
  const second = runIdOf(await one.rerun({ runId: first, actions: ['Pause'] }));
  await clock.advance(10 * 3_600_000);
  expect((await store.findRun(second))?.status).toBe('Succeeded');
  expect(invoker.calls.map(({ action }) => action)).toEqual(['Before', 'First', 'Last', 'After']);
  const [beside] = await store.listActions(second, 'Beside');
  expect(beside).toMatchObject({ status: 'Succeeded', startTime: (await store.findRun(second))?.startTime });
  await one.drain(0);
});

it('begins all over from an action that succeeded everywhere', async () => {
  const { calls } = await rerunFlow({ One: post(1), Two: post(2, { One: ['Succeeded'] }) }, ['One']);
  expect(calls).toEqual(['One', 'Two']);
});

it('says why a run cannot be done again', async () => {
  const { engine, clock } = world();
  const flow = flowOf({
    triggers,
    actions: { One: post(1), Never: post(2, { One: ['Failed'] }) },
  });
  const one = engine(flow);
  const runId = runIdOf(await one.fire({ flow, trigger: 'manual', outputs: null }));
  await clock.advance(1_000);
  await expect(one.rerun({ runId: 'other', actions: ['One'] })).rejects.toMatchObject({ code: 'RunNotFound' });
  for (const actions of [['Never'], ['One', 'Nothing']])
    await expect(one.rerun({ runId, actions })).rejects.toMatchObject({ code: 'ActionNotRun' });
  await one.drain(0);
});

it('starts one run for a key, and waits for its turn where the trigger counts runs', async () => {
  const { engine, store, clock, invoker, mend } = brokenWorld();
  const flow = flowOf({
    triggers: {
      manual: { type: 'Request', runtimeConfiguration: { concurrency: { runs: 1, maximumWaitingRuns: 5 } } },
    },
    actions: {
      Fails: post(0),
      Hold: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } }, runAfter: { Fails: ['Succeeded'] } },
    },
  });
  const one = engine(flow);
  await one.start();
  const first = runIdOf(await one.fire({ flow, trigger: 'manual', outputs: null }));
  await clock.advance(1_000);
  mend();
  const second = runIdOf(await one.rerun({ runId: first, actions: ['Fails'], uniqueKey: 'key' }));
  expect(await one.rerun({ runId: first, actions: ['Fails'], uniqueKey: 'key' })).toEqual({
    runs: [],
    fired: false,
    reason: { code: 'Duplicate', message: "A run with the key 'key' exists already." },
  });
  const third = runIdOf(await one.rerun({ runId: first, actions: ['Fails'] }));
  await clock.advance(1_000);
  expect((await store.findRun(third))?.status).toBe('Waiting');
  expect(await store.listActions(third)).toEqual([]);
  await clock.advance(5 * 3_600_000);
  expect([(await store.findRun(second))?.status, (await store.findRun(third))?.status]).toEqual([
    'Succeeded',
    'Succeeded',
  ]);
  expect(invoker.calls.length).toBe(3);
  await one.drain(0);
});

it('is taken over with what it has kept when its process ends at once', async () => {
  const { engine, store, clock, invoker, mend } = brokenWorld();
  const flow = flowOf({ triggers, actions: { Before: post(1), Fails: post(0, { Before: ['Succeeded'] }) } });
  const one = engine(flow);
  await one.start();
  const first = runIdOf(await one.fire({ flow, trigger: 'manual', outputs: null }));
  await clock.advance(1_000);
  await one.drain(0);
  mend();
  const starts = engine(flow, 'starts', [], { advancesRuns: false });
  const second = runIdOf(await starts.rerun({ runId: first, actions: ['Fails'] }));
  const works = engine(flow, 'works');
  await works.start();
  await clock.advance(1_000);
  expect((await store.findRun(second))?.status).toBe('Succeeded');
  expect(invoker.calls.map(({ action }) => action)).toEqual(['Before', 'Fails', 'Fails']);
  await works.drain(0);
});

it('goes on with a flow that was mended meanwhile, where what is kept is the same in it', async () => {
  const { engine, store, clock, invoker } = brokenWorld();
  const actionsOf = (first: number, second: number): JsonValue => ({
    Group: {
      type: 'Scope',
      actions: { Before: post(first), Fails: post(second, { Before: ['Succeeded'] }) },
    },
  });
  const flow = flowOf({ triggers, actions: actionsOf(1, 0) });
  const mended = flowOf({ triggers, actions: actionsOf(1, 2) }, { revision: 2 });
  const other = flowOf({ triggers, actions: actionsOf(3, 2) }, { revision: 3 });
  const revisions = [flow, mended, other];
  const one = engine(flow, 'one', [], { flows: { load: async (_id, revision) => revisions[revision - 1] } });
  await one.start();
  const runId = runIdOf(await one.fire({ flow, trigger: 'manual', outputs: null }));
  await clock.advance(1_000);
  const refused = one.rerun({ runId, actions: ['Fails'], revision: 3 });
  await expect(refused).rejects.toMatchObject({
    code: 'ActionChanged',
    message: expect.stringContaining('The action "Before" is another one in revision 3'),
  });
  const second = runIdOf(await one.rerun({ runId, actions: ['Fails'], revision: 2 }));
  await clock.advance(1_000);
  expect(await store.findRun(second)).toMatchObject({ status: 'Succeeded', flowRevision: 2 });
  expect(invoker.calls.map(({ action }) => action)).toEqual(['Before', 'Fails', 'Fails']);
  await one.drain(0);
});

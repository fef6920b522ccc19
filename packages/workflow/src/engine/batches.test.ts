import { parseJson, stringify, type Value } from '@patchbay/expression';
import { expect, it } from 'vitest';
import type { BatchStore, FlowDefinition } from '../contract.ts';
import { compileDefinition } from '../plan/compile-definition.ts';
import { dyingStore } from '../test-world/dying-store.ts';
import { flowOf, triggers, type World, world } from '../test-world/test-world.ts';
import { createEmbeddedDispatcher } from './embedded-dispatcher.ts';
import type { Engine } from './engine-contract.ts';

type Members = { readonly [member: string]: Value };

const receiverOf = (criteria: Members, change: Members = {}): FlowDefinition =>
  flowOf(
    {
      triggers: {
        Gather: {
          type: 'Batch',
          inputs: { mode: 'Inline', configurations: { orders: { releaseCriteria: criteria } } },
          ...change,
        },
      },
      actions: { Keep: { type: 'Compose', inputs: '@triggerBody()' } },
    } as never,
    { flowId: 'receiver', displayName: 'Receiver' },
  );

const senderOf = (change: Members = {}, foreach = '@triggerBody()'): FlowDefinition =>
  flowOf({
    triggers,
    actions: {
      Each: {
        type: 'Foreach',
        foreach,
        runtimeConfiguration: { concurrency: { repetitions: 1 } },
        actions: {
          Send: {
            type: 'SendToBatch',
            inputs: {
              host: { triggerName: 'Gather', workflow: { id: 'Receiver' } },
              batchName: 'orders',
              content: { n: '@item()' },
              messageId: "@concat('m', string(item()))",
              ...change,
            },
          },
        },
      },
    },
  } as never);

async function send(engine: Engine, flow: FlowDefinition, body: Value): Promise<string> {
  const { runs } = await engine.fire({ flow, trigger: 'manual', outputs: { body } });
  return runs[0]?.runId ?? '';
}

/** What the runs of the receiver were given, oldest first. */
async function received({ store }: World): Promise<readonly Value[]> {
  const runs = (await store.listRuns({ flowId: 'receiver', limit: 100 })).toReversed();
  return runs.map(({ trigger }) => (parseJson(trigger.outputs ?? 'null') as { readonly body: Value }).body);
}

const batch = (numbers: readonly number[], partitionName = 'DEFAULT'): Value => ({
  batchName: 'orders',
  partitionName,
  items: numbers.map((n) => ({ messageId: `m${n}`, content: { n } })),
});

it('starts a run with every so many messages, in the order in which they came', async () => {
  const on = world();
  const [sender, receiver] = [senderOf(), receiverOf({ messageCount: 3 })];
  const engine = on.engine(sender, 'one', [receiver]);
  await engine.start();
  const runId = await send(engine, sender, [1, 2, 3, 4, 5, 6, 7]);
  await on.clock.advance(1_000);
  expect(await received(on)).toEqual([batch([1, 2, 3]), batch([4, 5, 6])]);
  const record = await on.store.findAction({ runId, action: 'Send', iteration: '000006' });
  expect([record?.status, parseJson(record?.outputs ?? '')]).toEqual([
    'Succeeded',
    { body: { batchName: 'orders', messageId: 'm7', partitionName: 'DEFAULT' } },
  ]);
  await send(engine, sender, [8, 9]);
  await on.clock.advance(1_000);
  expect((await received(on)).at(-1)).toEqual(batch([7, 8, 9]));
  await engine.drain(0);
});

it('gathers each partition for itself', async () => {
  const on = world();
  const sender = senderOf({ partitionName: "@if(equals(mod(item(), 2), 0), 'even', 'odd')" });
  const engine = on.engine(sender, 'one', [receiverOf({ messageCount: 2 })]);
  await engine.start();
  await send(engine, sender, [1, 2, 3, 4]);
  await on.clock.advance(1_000);
  expect(await received(on)).toEqual([batch([1, 3], 'odd'), batch([2, 4], 'even')]);
  await engine.drain(0);
});

it('releases by size, and early when a partition is full', async () => {
  const on = world();
  const sender = senderOf({ content: '@{string(range(0, 30))}' });
  const engine = on.engine(sender, 'one', [receiverOf({ batchSize: 200, messageCount: 1_000 })]);
  await engine.start();
  await send(engine, sender, [1, 2, 3, 4, 5]);
  await on.clock.advance(1_000);
  const sizes = (await received(on)).map((body) => (body as { readonly items: readonly Value[] }).items.length);
  expect(sizes).toEqual([3]);
  await engine.drain(0);

  const full = world();
  const one = full.engine(sender, 'one', [receiverOf({ recurrence: { frequency: 'Year', interval: 1 } })]);
  const place = { flowId: 'receiver', trigger: 'Gather', batchName: 'orders', partition: 'DEFAULT' };
  for (let n = 0; n < 5_001; n++) {
    await full.batches.add({ ...place, key: `${n}`, messageId: `m${n}`, content: `{"n":${n}}`, addedAtMs: 1 });
  }
  await one.start();
  await send(one, sender, [1]);
  await full.clock.advance(1_000);
  const counts = (await received(full)).map((body) => (body as { readonly items: readonly Value[] }).items.length);
  expect(counts).toEqual([5_000]);
  await one.drain(0);
});

it('releases what there is when its time has come', async () => {
  const on = world();
  const sender = senderOf({ partitionName: "@if(greater(item(), 2), 'late', 'early')" });
  const receiver = receiverOf({ messageCount: 100, recurrence: { frequency: 'Hour', interval: 1 } });
  const engine = on.engine(sender, 'one', [receiver]);
  await engine.start();
  await engine.scheduleFlow(receiver);
  await on.clock.advance(1_000);
  await send(engine, sender, [1, 2, 3]);
  await on.clock.advance(60_000);
  expect(await received(on)).toEqual([]);
  await on.clock.advance(3_600_000);
  expect(await received(on)).toEqual([batch([1, 2], 'early'), batch([3], 'late')]);
  await on.clock.advance(7_200_000);
  expect((await received(on)).length).toBe(2);
  await engine.drain(0);
});

it('splits a batch into a run for each item', async () => {
  const on = world();
  const sender = senderOf();
  const engine = on.engine(sender, 'one', [receiverOf({ messageCount: 2 }, { splitOn: "@triggerBody()?['items']" })]);
  await engine.start();
  await send(engine, sender, [1, 2]);
  await on.clock.advance(1_000);
  expect(await received(on)).toEqual([
    { messageId: 'm1', content: { n: 1 } },
    { messageId: 'm2', content: { n: 2 } },
  ]);
  await engine.drain(0);
});

it.each<[string, Members, readonly FlowDefinition[], string]>([
  ['no such flow', {}, [], 'NestedWorkflowNotFound'],
  ['a stopped flow', {}, [{ ...receiverOf({ messageCount: 1 }), revision: 0 }], 'WorkflowNotEnabled'],
  ['no such batch', { batchName: 'other' }, [receiverOf({ messageCount: 1 })], 'BatchConfigurationNotFound'],
  [
    'no such trigger',
    { host: { triggerName: 'Other', workflow: { id: 'Receiver' } } },
    [receiverOf({ messageCount: 1 })],
    'WorkflowTriggerNotFound',
  ],
  ['an empty partition name', { partitionName: '' }, [receiverOf({ messageCount: 1 })], 'InvalidBatchPartitionName'],
  ['an empty message id', { messageId: ' ' }, [receiverOf({ messageCount: 1 })], 'InvalidBatchMessageId'],
])('does not send to %s', async (_what, change, others, code) => {
  const on = world();
  const sender = senderOf(change);
  const engine = on.engine(sender, 'one', others);
  await engine.start();
  const runId = await send(engine, sender, [1]);
  await on.clock.advance(1_000);
  expect((await on.store.findAction({ runId, action: 'Send', iteration: '000000' }))?.code).toBe(code);
  await engine.drain(0);
});

/** A batch store whose process ends at one of its steps. */
function endingAt(batches: BatchStore, step: keyof BatchStore, isHeard: boolean): BatchStore {
  const silence = new Promise<never>(() => undefined);
  const ending = async (...given: readonly unknown[]): Promise<never> => {
    if (!isHeard) await (batches[step] as (...args: readonly unknown[]) => Promise<unknown>)(...given);
    return silence;
  };
  return {
    add: (message) => batches.add(message),
    partitions: (flowId) => batches.partitions(flowId),
    release: (release, rule) => batches.release(release, rule),
    unsettled: (flowId) => batches.unsettled(flowId),
    messages: (releaseId) => batches.messages(releaseId),
    settle: (releaseId, nowMs) => batches.settle(releaseId, nowMs),
    remove: (flowId) => batches.remove(flowId),
    [step]: ending,
  };
}

it.each(
  (['add', 'release', 'messages', 'settle'] as const).flatMap((step) => [
    [step, 'before', true] as const,
    [step, 'after', false] as const,
  ]),
)('starts one run with each message when the process ends at %s, %s it has happened', async (step, _when, isHeard) => {
  const on = world();
  const [sender, receiver] = [senderOf(), receiverOf({ messageCount: 2 })];
  const dying = on.engine(sender, 'dying', [receiver], {
    batches: endingAt(on.batches, step, isHeard),
    // It shows no sign of life any more.
    store: dyingStore(on.store, Number.POSITIVE_INFINITY, true),
  });
  await dying.start();
  const runId = await send(dying, sender, [1, 2, 3, 4]);
  await on.clock.advance(60_000);
  const next = on.engine(sender, 'next', [receiver]);
  await next.start();
  await next.scheduleFlow(receiver);
  await on.clock.advance(60_000);
  // A release that was left behind may come after a later one.
  const bodies = [...(await received(on))].sort((left, right) => (stringify(left) < stringify(right) ? -1 : 1));
  expect(bodies).toEqual([batch([1, 2]), batch([3, 4])]);
  expect((await on.store.findRun(runId))?.status).toBe('Succeeded');
  expect(await on.batches.unsettled()).toEqual([]);
  await next.drain(0);
});

it.each(
  (['add', 'release', 'messages', 'settle'] as const).flatMap((step) => [
    [step, 'before', true] as const,
    [step, 'after', false] as const,
  ]),
)(
  'leaves no message behind when another process lives on after one ends at %s, %s it has happened',
  async (step, _when, isHeard) => {
    const on = world();
    const [sender, receiver] = [senderOf(), receiverOf({ messageCount: 2 })];
    const notices = { publish: () => undefined, subscribe: () => () => undefined };
    const living = on.engine(sender, 'living', [receiver], {
      notices,
      dispatcher: createEmbeddedDispatcher(on.clock, on.store, { shared: { notices } }),
    });
    await living.start();
    await living.scheduleFlow(receiver);
    const dying = on.engine(sender, 'dying', [receiver], {
      notices,
      batches: endingAt(on.batches, step, isHeard),
      store: dyingStore(on.store, Number.POSITIVE_INFINITY, true),
    });
    const runId = await send(dying, sender, [1, 2, 3, 4]);
    await on.clock.advance(120_000);
    const bodies = [...(await received(on))].sort((left, right) => (stringify(left) < stringify(right) ? -1 : 1));
    expect(bodies).toEqual([batch([1, 2]), batch([3, 4])]);
    expect((await on.store.findRun(runId))?.status).toBe('Succeeded');
    expect(await on.batches.unsettled()).toEqual([]);
    await living.drain(0);
  },
);

it.each([
  ['a while', 5, 'Succeeded'],
  ['good', 1_000, 'Failed'],
])('sends a message when what keeps it is away for %s', async (_how, failures, status) => {
  const on = world();
  const [sender, receiver] = [senderOf(), receiverOf({ messageCount: 2 })];
  let asked = 0;
  const add: BatchStore['add'] = async (message) => {
    asked += 1;
    // Every second one has been kept, and only the answer was lost.
    if (asked % 2 === 0 && asked <= failures) await on.batches.add(message);
    if (asked <= failures) throw new Error('the connection was cut');
    return on.batches.add(message);
  };
  const engine = on.engine(sender, 'one', [receiver], {
    batches: { ...endingAt(on.batches, 'add', true), add },
    logger: { warn: () => undefined, error: () => undefined },
  });
  await engine.start();
  const runId = await send(engine, sender, [1, 2]);
  await on.clock.advance(600_000);
  expect((await on.store.findRun(runId))?.status).toBe(status);
  if (status === 'Succeeded') expect(await received(on)).toEqual([batch([1, 2])]);
  await engine.drain(0);
});

it('says what is wrong with a Batch trigger', () => {
  const findingsOf = (inputs: Members, actions: Members = {}): readonly string[] =>
    compileDefinition({ triggers: { Gather: { type: 'Batch', inputs } }, actions } as never).findings.map(
      ({ message, pointer }) => `${pointer}: ${message}`,
    );
  expect(findingsOf({ mode: 'IntegrationAccount', batchGroupName: 'g' })).toEqual([
    '/triggers/Gather/inputs/mode: trigger "Gather" takes its batches from an integration account; give them here, with the mode Inline',
  ]);
  expect(findingsOf({})).toEqual([
    '/triggers/Gather/inputs: trigger "Gather" has no configurations, so there is no batch to send to',
  ]);
  expect(
    findingsOf({ configurations: { a: {}, b: { releaseCriteria: { messageCount: 0, batchSize: 'x' } } } }),
  ).toEqual([
    '/triggers/Gather/inputs/configurations/a: batch "a" of trigger "Gather" needs a messageCount, a batchSize or a recurrence to be released by',
    '/triggers/Gather/inputs/configurations/b/releaseCriteria/messageCount: the messageCount of batch "b" must be a whole number from 1',
    '/triggers/Gather/inputs/configurations/b/releaseCriteria/batchSize: the batchSize of batch "b" must be a whole number from 1',
  ]);
  expect(
    findingsOf({ configurations: { a: { releaseCriteria: { messageCount: 1 } } } }, {
      R: { type: 'Response', inputs: { statusCode: 200 } },
    } as never),
  ).toEqual([
    '/triggers/Gather: nobody waits for an answer when trigger "Gather" fires, so the Response "R" has no one to answer; remove it, or take a Request trigger',
  ]);
});

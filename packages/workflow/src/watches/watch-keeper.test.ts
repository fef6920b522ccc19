import type { JsonValue } from '@patchbay/expression';
import { expect, it } from 'vitest';
import type {
  FlowDefinition,
  PollAnswer,
  RunStore,
  SubscribeAnswer,
  TriggerSource,
  UnsubscribeAnswer,
  WatchStore,
} from '../contract.ts';
import { createEmbeddedDispatcher } from '../engine/embedded-dispatcher.ts';
import { createEngine } from '../engine/engine.ts';
import type { Engine } from '../engine/engine-contract.ts';
import { createMemoryRunStore } from '../memory/memory-run-store.ts';
import { createMemoryScheduleStore } from '../memory/memory-schedule-store.ts';
import { createMemoryWatchStore } from '../memory/memory-watch-store.ts';
import { createManualClock, eventLoopTurns, type ManualClock } from '../test-world/manual-clock.ts';
import { createRecordingInvoker } from '../test-world/recording-invoker.ts';
import { flowOf } from '../test-world/test-world.ts';

type Api = {
  subscribe: (call: string) => Promise<SubscribeAnswer> | SubscribeAnswer;
  unsubscribe: (state: JsonValue) => Promise<UnsubscribeAnswer> | UnsubscribeAnswer;
  poll: (state: JsonValue) => Promise<PollAnswer> | PollAnswer;
};

/** Engines over the same memory, an API of the test's own, and a clock that is turned by hand. */
function world(given: Partial<Api> = {}) {
  const clock = createManualClock();
  const runs = createMemoryRunStore(clock);
  const watches = createMemoryWatchStore();
  const schedules = createMemoryScheduleStore();
  const flows = new Map<string, FlowDefinition>();
  const asked: string[] = [];
  let guids = 0;
  const api: Api = {
    subscribe: () => ({ kind: 'subscribed', state: { place: 'here' } }),
    unsubscribe: () => ({ kind: 'unsubscribed' }),
    poll: (state) => ({ kind: 'polled', state: state ?? {} }),
    ...given,
  };
  const source: TriggerSource = {
    callbackUrl: async (_flowId, addressId) => `https://platform.test/${addressId}`,
    subscribe: async (call, { callbackUrl }) => {
      asked.push(`subscribe ${callbackUrl}`);
      return api.subscribe(JSON.stringify(call));
    },
    unsubscribe: async (_connection, state) => {
      asked.push(`unsubscribe ${JSON.stringify(state)}`);
      return api.unsubscribe(state);
    },
    poll: async (_call, state) => {
      asked.push(`poll ${JSON.stringify(state)}`);
      return api.poll(state);
    },
  };
  const engine = (stores: { readonly runs?: RunStore; readonly watches?: WatchStore } = {}): Engine => {
    const store = stores.runs ?? runs;
    return createEngine({
      store,
      clock,
      invoker: createRecordingInvoker(() => ({ statusCode: 200, headers: {}, body: null })),
      schedules,
      dispatcher: createEmbeddedDispatcher(clock, store),
      flows: { load: async (flowId, revision) => flows.get(`${flowId}@${revision}`) },
      watching: { watches: stores.watches ?? watches, source },
      ids: { owner: `engine-${guids}`, guid: () => `guid-${++guids}`, random: () => 0 },
    });
  };
  const start = async (on: Engine, flow: FlowDefinition): Promise<void> => {
    flows.set(`${flow.flowId}@${flow.revision}`, flow);
    await on.scheduleFlow(flow);
    await settle(clock);
  };
  const bodies = async (): Promise<readonly unknown[]> =>
    (await runs.listRuns({ flowId: 'flow', limit: 1_000 }))
      .toReversed()
      .map((run) => (JSON.parse(run.trigger.outputs ?? '{}') as { readonly body: unknown }).body);
  return { clock, runs, watches, api, asked, engine, start, bodies };
}

async function settle(clock: ManualClock): Promise<void> {
  for (let turn = 0; turn < 4; turn++) {
    await eventLoopTurns();
    await clock.advance(2);
  }
}

const host = { connectionName: 'things', operationId: 'Watch' };
const hook = (topic: JsonValue = 'a', revision = 1): FlowDefinition =>
  flowOf(
    {
      triggers: { Event: { type: 'OpenApiConnectionWebhook', inputs: { host, parameters: { topic } } } },
      actions: {},
    },
    { revision },
  );
const polled = (change: { readonly revision?: number; readonly splitOn?: string } = {}): FlowDefinition =>
  flowOf(
    {
      triggers: {
        Event: {
          type: 'OpenApiConnection',
          recurrence: { frequency: 'Minute', interval: 1 },
          inputs: { host, parameters: {} },
          ...(change.splitOn !== undefined && { splitOn: change.splitOn }),
        },
      },
      actions: {},
    },
    { revision: change.revision ?? 1 },
  );

it('subscribes when a flow starts and gives back when it stops', async () => {
  const { engine, start, watches, asked, clock } = world();
  const one = engine();
  await one.start();
  await start(one, hook());
  expect(await watches.list('flow')).toMatchObject([
    { status: 'Active', state: '{"place":"here"}', attempts: 0, flowRevision: 1 },
  ]);
  await one.unscheduleFlow('flow');
  await settle(clock);
  expect(await watches.list('flow')).toEqual([]);
  expect(asked).toEqual(['subscribe https://platform.test/guid-2', 'unsubscribe {"place":"here"}']);
  expect((await watches.notes('flow', 'Event', 9)).map(({ event, status }) => `${event} ${status}`)).toEqual([
    'unsubscribe Succeeded',
    'subscribe Succeeded',
  ]);
});

it('keeps the subscription of a changed flow that asks the same, and makes another where it does not', async () => {
  const { engine, start, watches, asked } = world();
  const one = engine();
  await one.start();
  await start(one, hook('a', 1));
  await start(one, hook('a', 2));
  expect(asked).toHaveLength(1);
  expect(await watches.list('flow')).toMatchObject([{ status: 'Active', flowRevision: 2 }]);
  await start(one, hook('b', 3));
  expect(asked.map((line) => line.split(' ')[0])).toEqual(['subscribe', 'unsubscribe', 'subscribe']);
  expect(await watches.list('flow')).toMatchObject([{ status: 'Active', flowRevision: 3 }]);
});

it('makes subscriptions anew when their addresses are good no more', async () => {
  const { engine, asked, clock, start } = world();
  const one = engine();
  await one.start();
  await start(one, hook());
  await one.scheduleFlow(hook(), { renews: true });
  await settle(clock);
  expect(asked.map((line) => line.split(' ')[0]).sort()).toEqual(['subscribe', 'subscribe', 'unsubscribe']);
});

it('renews a subscription before it ends, at the address that the API has, and gives the earlier one back', async () => {
  const { engine, start, asked, watches, clock, api } = world();
  let count = 0;
  api.subscribe = () => ({
    kind: 'subscribed',
    state: { place: `place ${++count}` },
    renewAtMs: clock.nowMs() + 3_600_000,
  });
  const one = engine();
  await one.start();
  await start(one, hook());
  await clock.advance(3_600_000);
  await settle(clock);
  expect(asked).toEqual([
    'subscribe https://platform.test/guid-2',
    'subscribe https://platform.test/guid-2',
    'unsubscribe {"place":"place 1"}',
  ]);
  expect(await watches.list('flow')).toMatchObject([
    { status: 'Active', state: '{"place":"place 2"}', addressId: 'guid-2' },
  ]);
  expect((await watches.notes('flow', 'Event', 9)).map(({ event, status }) => `${event} ${status}`)).toEqual([
    'unsubscribe Succeeded',
    'renew Succeeded',
    'subscribe Succeeded',
  ]);
});

it('keeps a subscription that cannot be renewed yet, and tries again', async () => {
  const { engine, start, asked, watches, clock, api } = world();
  const subscribed = (): SubscribeAnswer => ({ kind: 'subscribed', state: 'same', renewAtMs: clock.nowMs() + 60_000 });
  api.subscribe = subscribed;
  const one = engine();
  await one.start();
  await start(one, hook());
  const error = { code: 'ServiceUnavailable', message: 'Away.' };
  api.subscribe = () => ({ kind: 'failed', error, isRetryable: true });
  await clock.advance(60_000);
  await settle(clock);
  expect(await watches.list('flow')).toMatchObject([{ status: 'Active', state: '"same"', attempts: 1, error }]);
  api.subscribe = subscribed;
  await clock.advance(10_000);
  await settle(clock);
  const [watch] = await watches.list('flow');
  expect(watch).toMatchObject({ status: 'Active', attempts: 0 });
  expect(watch).not.toHaveProperty('error');
  // The API answered with the subscription that it has: there is nothing to give back.
  expect(asked.map((line) => line.split(' ')[0])).toEqual(['subscribe', 'subscribe', 'subscribe']);
  await one.unscheduleFlow('flow');
  await settle(clock);
  expect(await watches.list('flow')).toEqual([]);
});

it('tries to subscribe again with pauses that grow, each time at another address, and gives up', async () => {
  const { engine, start, watches, asked, clock } = world({
    subscribe: () => ({ kind: 'failed', error: { code: 'ServiceUnavailable', message: 'Away.' }, isRetryable: true }),
  });
  const one = engine();
  await one.start();
  await start(one, hook());
  const times = [0, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600];
  for (const [index, seconds] of times.entries()) {
    if (index > 0) await clock.advance(seconds * 1_000);
    await settle(clock);
    expect(asked).toHaveLength(index + 1);
  }
  await clock.advance(86_400_000);
  expect(new Set(asked).size).toBe(12);
  expect(await watches.list('flow')).toMatchObject([
    { status: 'Failed', attempts: 12, error: { code: 'ServiceUnavailable', message: 'Away.' } },
  ]);
});

it('does not try again what was refused, until somebody asks', async () => {
  const { engine, start, watches, asked, clock, api } = world({
    subscribe: () => ({ kind: 'failed', error: { code: 'Forbidden', message: 'No.' }, isRetryable: false }),
  });
  const one = engine();
  await one.start();
  await start(one, hook());
  const [failed] = await watches.list('flow');
  expect(failed?.status).toBe('Failed');
  api.subscribe = () => ({ kind: 'subscribed', state: null });
  expect(await one.checkWatch(failed?.watchId ?? '')).toBe(true);
  await settle(clock);
  expect(await watches.list('flow')).toMatchObject([{ status: 'Active', attempts: 0 }]);
  expect(asked).toHaveLength(2);
  expect(await one.checkWatch('nothing')).toBe(false);
});

it('goes on giving back after a restart, respects a pause that the API asks for, and keeps what it could not', async () => {
  const { engine, start, watches, asked, clock, api } = world({
    unsubscribe: () => ({
      kind: 'failed',
      error: { code: 'TooManyRequests', message: 'Later.' },
      isRetryable: true,
      retryAfterMs: 600_000,
    }),
  });
  const one = engine();
  await one.start();
  await start(one, hook());
  await one.unscheduleFlow('flow', { isGone: true });
  await settle(clock);
  await one.drain(0);
  const two = engine();
  await two.start();
  await clock.advance(500_000);
  expect(asked).toHaveLength(2);
  api.unsubscribe = () => ({ kind: 'failed', error: { code: 'BadRequest', message: 'Odd.' }, isRetryable: false });
  await clock.advance(120_000);
  expect(asked).toHaveLength(3);
  expect(await watches.list('flow')).toMatchObject([{ status: 'EndFailed', error: { code: 'BadRequest' } }]);
});

it('gives back a subscription that comes after the flow was stopped', async () => {
  const answer = Promise.withResolvers<SubscribeAnswer>();
  const { engine, start, watches, asked, clock } = world({ subscribe: () => answer.promise });
  const one = engine();
  await one.start();
  await start(one, hook());
  await one.unscheduleFlow('flow');
  answer.resolve({ kind: 'subscribed', state: { place: 'late' } });
  await settle(clock);
  expect(asked.at(-1)).toBe('unsubscribe {"place":"late"}');
  expect(await watches.list('flow')).toEqual([]);
});

it('subscribes anew when nobody knows what became of an attempt', async () => {
  const lost = world({ subscribe: () => new Promise<never>(() => undefined) });
  const one = lost.engine();
  await one.start();
  await lost.start(one, hook());
  const [before] = await lost.watches.list('flow');
  lost.api.subscribe = () => ({ kind: 'subscribed', state: {} });
  const two = lost.engine();
  await two.start();
  await lost.clock.advance(200_000);
  const [after] = await lost.watches.list('flow');
  expect(after).toMatchObject({ watchId: before?.watchId, status: 'Active' });
  expect(after?.addressId).not.toBe(before?.addressId);
});

it('polls by its recurrence, with the state of the poll before', async () => {
  const { engine, start, asked, bodies, clock } = world({
    poll: (state) => {
      const count = typeof state === 'number' ? state + 1 : 1;
      return count === 1
        ? { kind: 'polled', state: count }
        : { kind: 'polled', state: count, outputs: { statusCode: 200, headers: {}, body: count } };
    },
  });
  const one = engine();
  await one.start();
  await start(one, polled());
  await clock.advance(120_000);
  expect(asked).toEqual(['poll null', 'poll 1', 'poll 2']);
  expect(await bodies()).toEqual([2, 3]);
});

it('polls when the API says: at once while there is more, after a moment when there is none', async () => {
  const answers = ['more', 'more', 'none', 'later'];
  const { engine, start, asked, bodies, clock } = world({
    poll: () => {
      const answer = answers.shift();
      if (answer === 'more') return { kind: 'polled', state: null, outputs: { body: answer }, retryAfterMs: 0 };
      return { kind: 'polled', state: null, retryAfterMs: answer === 'none' ? 0 : 600_000 };
    },
  });
  const one = engine();
  await one.start();
  await start(one, polled());
  expect(asked).toHaveLength(3);
  expect(await bodies()).toEqual(['more', 'more']);
  await clock.advance(1_000);
  expect(asked).toHaveLength(4);
  await clock.advance(590_000);
  expect(asked).toHaveLength(4);
  await clock.advance(11_000);
  expect(asked).toHaveLength(5);
});

it('asks an API that is away again with pauses up to five minutes, and tells it once', async () => {
  const { engine, start, asked, watches, clock } = world({
    poll: () => ({ kind: 'failed', error: { code: 'BadGateway', message: 'Away.' }, isRetryable: true }),
  });
  const one = engine();
  await one.start();
  await start(one, polled());
  await clock.advance(3_600_000);
  expect(asked.length).toBeGreaterThan(12);
  expect(asked.length).toBeLessThan(25);
  expect(await watches.notes('flow', 'Event', 9)).toHaveLength(1);
  expect(await watches.list('flow')).toMatchObject([{ error: { code: 'BadGateway' }, attempts: asked.length }]);
});

it('keeps the state of a poll whose flow stops, and goes on from there', async () => {
  const { engine, start, asked, watches, clock } = world({ poll: () => ({ kind: 'polled', state: 'kept' }) });
  const one = engine();
  await one.start();
  await start(one, polled());
  await one.unscheduleFlow('flow');
  await clock.advance(600_000);
  expect(await watches.list('flow')).toMatchObject([{ status: 'Stopped', state: '"kept"' }]);
  await start(one, polled());
  expect(asked).toEqual(['poll null', 'poll "kept"']);
  await one.unscheduleFlow('flow', { isGone: true });
  expect(await watches.list('flow')).toEqual([]);
});

it('lets one of several engines poll', async () => {
  const { engine, start, asked, clock } = world();
  const engines = [engine(), engine(), engine()];
  for (const one of engines) await one.start();
  for (const one of engines) await start(one, polled());
  await clock.advance(60_000);
  expect(asked).toHaveLength(2);
});

it('fetches once more when it is told while it fetches', async () => {
  const answers = [Promise.withResolvers<PollAnswer>(), Promise.withResolvers<PollAnswer>()];
  const waiting = [...answers];
  const { engine, start, asked, watches, clock } = world({
    poll: () => waiting.shift()?.promise ?? { kind: 'polled', state: 'idle' },
  });
  const one = engine();
  await one.start();
  const trigger = { type: 'OpenApiConnectionNotification', inputs: { host, parameters: {} } };
  await start(one, flowOf({ triggers: { Event: trigger }, actions: {} }));
  const poll = (await watches.list('flow')).find(({ kind }) => kind === 'poll');
  await one.checkWatch(poll?.watchId ?? '');
  await settle(clock);
  const polls = (): number => asked.filter((line) => line.startsWith('poll')).length;
  expect(polls()).toBe(1);
  answers[0]?.resolve({ kind: 'polled', state: 1 });
  await settle(clock);
  expect(polls()).toBe(2);
  answers[1]?.resolve({ kind: 'polled', state: 2 });
  await clock.advance(86_400_000);
  expect(polls()).toBe(2);
});

const http = (change: { readonly [name: string]: JsonValue } = {}): FlowDefinition =>
  flowOf({
    triggers: {
      Event: {
        type: 'Http',
        recurrence: { frequency: 'Minute', interval: 10 },
        inputs: { uri: 'https://api.test/news', retryPolicy: { type: 'fixed', count: 2, interval: 'PT20S' } },
        ...change,
      },
    },
    actions: {},
  });

it('retries a poll as its policy says, then waits for the recurrence', async () => {
  const times: number[] = [];
  const { engine, start, clock } = world({
    poll: () => {
      times.push((clock.nowMs() - Date.UTC(2026, 0, 1)) / 1_000);
      const error = { code: 'ServiceUnavailable', message: 'not now' };
      return { kind: 'failed', error, isRetryable: true, statusCode: 503 };
    },
  });
  const one = engine();
  await one.start();
  await start(one, http());
  await clock.advance(1_300_000);
  expect(times.map(Math.round)).toEqual([0, 20, 40, 640, 660, 680, 1280, 1300]);
  await one.drain(0);
});

it('does not retry what another attempt would not change', async () => {
  const { engine, start, asked, clock } = world({
    poll: () => ({
      kind: 'failed',
      error: { code: 'Forbidden', message: 'no' },
      isRetryable: false,
      statusCode: 403,
    }),
  });
  const one = engine();
  await one.start();
  await start(one, http());
  await clock.advance(1_250_000);
  expect(asked).toHaveLength(3);
  await one.drain(0);
});

it('polls first when its recurrence starts', async () => {
  const { engine, start, asked, clock } = world();
  const one = engine();
  await one.start();
  await start(one, http({ recurrence: { frequency: 'Hour', interval: 1, startTime: '2026-01-01T02:00:00Z' } }));
  await clock.advance(7_100_000);
  expect(asked).toEqual([]);
  await clock.advance(200_000);
  expect(asked).toEqual(['poll null']);
  await one.drain(0);
});

/** One run at a time, which takes a minute; one more may wait. */
const slow = {
  trigger: { runtimeConfiguration: { concurrency: { runs: 1, maximumWaitingRuns: 1 } } },
  actions: { Slow: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Minute' } } } },
};

it('keeps what a poll has brought until there is a place for its run', async () => {
  let polls = 0;
  const { engine, start, bodies, clock } = world({
    poll: () => ({ kind: 'polled', state: ++polls, outputs: { statusCode: 200, headers: {}, body: polls } }),
  });
  const flow = flowOf({
    triggers: {
      Event: {
        type: 'OpenApiConnection',
        recurrence: { frequency: 'Second', interval: 10 },
        inputs: { host, parameters: {} },
        ...slow.trigger,
      },
    },
    actions: slow.actions,
  });
  const one = engine();
  await one.start();
  await start(one, flow);
  await clock.advance(50_000);
  expect(await bodies()).toEqual([1, 2]);
  expect(polls).toBe(3);
  await clock.advance(120_000);
  expect(await bodies()).toEqual([1, 2, 3, 4]);
  await one.drain(0);
});

it('leaves out a slot of a recurrence that finds no place, and tells of it', async () => {
  const { engine, start, runs, watches, clock } = world();
  const flow = flowOf({
    triggers: {
      Tick: { type: 'Recurrence', recurrence: { frequency: 'Second', interval: 20 }, ...slow.trigger },
    },
    actions: slow.actions,
  });
  const one = engine();
  await one.start();
  await start(one, flow);
  await clock.advance(125_000);
  const times = (await runs.listRuns({ flowId: 'flow', limit: 99 })).map((run) => run.trigger.scheduledTime);
  expect(times.map((time) => time?.slice(14, 19)).reverse()).toEqual(['00:00', '00:20', '01:00', '02:00']);
  const notes = await watches.notes('flow', 'Tick', 9);
  expect(notes.map(({ event, status, code }) => `${event} ${status} ${code}`)).toEqual([
    'fire Skipped TooManyRuns',
    'fire Skipped TooManyRuns',
    'fire Skipped TooManyRuns',
  ]);
  await one.drain(0);
});

it('tells once a second that conditions are not met', async () => {
  const { engine, start, watches, clock } = world();
  const flow = flowOf({
    triggers: { Event: { type: 'Request', conditions: [{ expression: '@equals(1, 2)' }] } },
    actions: {},
  });
  const one = engine();
  await one.start();
  await start(one, flow);
  for (let count = 0; count < 5; count++) await one.fire({ flow, trigger: 'Event', outputs: {} });
  await clock.advance(1_000);
  await one.fire({ flow, trigger: 'Event', outputs: {} });
  expect((await watches.notes('flow', 'Event', 9)).map(({ status, code }) => `${status} ${code}`)).toEqual([
    'Skipped ConditionNotMet',
    'Skipped ConditionNotMet',
  ]);
  await one.drain(0);
});

/** A store whose process ends at a write: nothing that is asked of it then or later is answered. */
function ending(inner: WatchStore, cut: { readonly at: number; readonly when: 'before' | 'after' }): WatchStore {
  let writes = 0;
  const never = new Promise<never>(() => undefined);
  const guard = <Arguments extends readonly unknown[], Answer>(write: (...given: Arguments) => Promise<Answer>) => {
    return async (...given: Arguments): Promise<Answer> => {
      writes += 1;
      if (writes > cut.at || (writes === cut.at && cut.when === 'before')) return never;
      const answer = await write(...given);
      return writes === cut.at ? never : answer;
    };
  };
  return { ...inner, claim: guard(inner.claim), change: guard(inner.change) };
}

const cuts = Array.from({ length: 9 }, (_, index) => index + 1).flatMap((at) => [
  { at, when: 'before' as const },
  { at, when: 'after' as const },
]);

it.each(cuts)('starts one run for each item when its process ends $when write $at', async (cut) => {
  // A feed without a memory of its own: it gives the next two items after the state it is asked with.
  const { engine, start, bodies, clock, watches } = world({
    poll: (state) => {
      const last = typeof state === 'number' ? state : 0;
      if (state === null) return { kind: 'polled', state: 0 };
      if (last >= 6) return { kind: 'polled', state: last };
      return {
        kind: 'polled',
        state: last + 2,
        outputs: { statusCode: 200, headers: {}, body: [last + 1, last + 2] },
      };
    },
  });
  const flow = polled({ splitOn: '@triggerBody()' });
  const one = engine({ watches: ending(watches, cut) });
  await one.start();
  // What the first process is cut off from never comes back to it.
  await Promise.race([start(one, flow), eventLoopTurns()]);
  await clock.advance(240_000);
  const two = engine();
  await two.start();
  await start(two, flow);
  await clock.advance(900_000);
  expect(await bodies()).toEqual([1, 2, 3, 4, 5, 6]);
});

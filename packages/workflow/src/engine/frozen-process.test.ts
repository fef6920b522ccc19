import { expect, it } from 'vitest';
import type { Invoker, RunStore } from '../contract.ts';
import { InvocationError } from '../failures.ts';
import { createMemoryRunStore } from '../memory/memory-run-store.ts';
import { createMemoryScheduleStore } from '../memory/memory-schedule-store.ts';
import { createManualClock } from '../test-world/manual-clock.ts';
import { createRecordingInvoker } from '../test-world/recording-invoker.ts';
import { flowOf, triggers } from '../test-world/test-world.ts';
import { createEmbeddedDispatcher } from './embedded-dispatcher.ts';
import { createEngine } from './engine.ts';

const leaseMs = 5_000;

const posting = flowOf({
  triggers,
  actions: { Post: { type: 'Http', inputs: { method: 'POST', uri: 'https://up.test/a' } } },
});

/** Answers to appends that are held back, as to a process that does not run. */
function freezable(store: RunStore) {
  const held: (() => void)[] = [];
  let isFrozen = false;
  return {
    freeze: () => {
      isFrozen = true;
    },
    thaw: () => {
      isFrozen = false;
      for (const release of held.splice(0)) release();
    },
    store: new Proxy(store, {
      get(target, name: keyof RunStore) {
        if (name === 'append')
          return async (...given: Parameters<RunStore['append']>) => {
            await target.append(...given);
            if (isFrozen) await new Promise<void>((resolve) => held.push(resolve));
          };
        // A frozen process renews nothing.
        if (name === 'renew' && isFrozen) return () => new Promise<never>(() => undefined);
        return target[name].bind(target);
      },
    }),
  };
}

function world() {
  const clock = createManualClock();
  const store = createMemoryRunStore(clock);
  const invoker = createRecordingInvoker(() => ({ statusCode: 200, headers: {}, body: null }));
  const start = async (owner: string, runs: RunStore, way: Invoker = invoker) => {
    let guids = 0;
    const engine = createEngine({
      store: runs,
      clock,
      invoker: way,
      schedules: createMemoryScheduleStore(),
      leaseMs,
      dispatcher: createEmbeddedDispatcher(clock, runs, { shared: {} }),
      flows: { load: async () => posting },
      ids: { owner, guid: () => `${owner}-${++guids}`, random: () => 0.5 },
    });
    await engine.start();
    return engine;
  };
  return { clock, store, invoker, start };
}

it('calls nothing for a run that was taken over while the process did not run', async () => {
  const { clock, store, invoker, start } = world();
  const one = freezable(store);
  const frozen = await start('one', one.store);
  one.freeze();
  void frozen.fire({ flow: posting, trigger: 'manual', outputs: {} }).catch(() => undefined);
  await clock.advance(leaseMs);
  await start('two', store);
  await clock.advance(leaseMs * 2);
  const calls = invoker.calls.length;
  one.thaw();
  await clock.advance(leaseMs * 2);
  expect({ calls, callsAfterwards: invoker.calls.length }).toEqual({ calls: 1, callsAfterwards: 1 });
  expect((await store.listRuns({ flowId: 'flow', limit: 9 })).map(({ status }) => status)).toEqual(['Succeeded']);
});

it('calls late for a run that nobody has taken over', async () => {
  const { clock, store, invoker, start } = world();
  const one = freezable(store);
  const frozen = await start('one', one.store);
  one.freeze();
  const fired = frozen.fire({ flow: posting, trigger: 'manual', outputs: {} });
  await clock.advance(leaseMs * 0.8);
  expect(invoker.calls.length).toBe(0);
  one.thaw();
  await fired;
  await clock.advance(100);
  expect(invoker.calls.length).toBe(1);
  expect((await store.listRuns({ flowId: 'flow', limit: 9 })).map(({ status }) => status)).toEqual(['Succeeded']);
});

/** A way out whose connections take their time. */
function slowWay(invoker: Invoker) {
  const gate = Promise.withResolvers<void>();
  const way: Invoker = {
    effect: (invocation) => invoker.effect(invocation),
    invoke: async (invocation, context) => {
      await gate.promise;
      if (context.maySend?.() === false) throw new InvocationError('Aborted', 'It was taken back.');
      return invoker.invoke(invocation, context);
    },
  };
  return { way, connect: gate.resolve };
}

it('sends nothing for a run that was taken over while the call waited for its connection', async () => {
  const { clock, store, invoker, start } = world();
  const one = freezable(store);
  const { way, connect } = slowWay(invoker);
  const frozen = await start('one', one.store, way);
  void frozen.fire({ flow: posting, trigger: 'manual', outputs: {} }).catch(() => undefined);
  await clock.advance(100);
  one.freeze();
  await clock.advance(leaseMs);
  await start('two', store);
  await clock.advance(leaseMs * 2);
  const calls = invoker.calls.length;
  one.thaw();
  connect();
  await clock.advance(leaseMs * 2);
  expect({ calls, callsAfterwards: invoker.calls.length }).toEqual({ calls: 1, callsAfterwards: 1 });
  expect((await store.listRuns({ flowId: 'flow', limit: 9 })).map(({ status }) => status)).toEqual(['Succeeded']);
});

it.each([
  ['at once, when its leases were renewed meanwhile', false],
  ['after it has said its place again, when it was frozen and nobody has taken the run', true],
])('sends what has waited long for its connection %s', async (_when, isFrozen) => {
  const { clock, store, invoker, start } = world();
  const one = freezable(store);
  const { way, connect } = slowWay(invoker);
  const engine = await start('one', one.store, way);
  await engine.fire({ flow: posting, trigger: 'manual', outputs: {} });
  await clock.advance(100);
  if (isFrozen) one.freeze();
  await clock.advance(leaseMs * 4);
  one.thaw();
  connect();
  await clock.advance(100);
  expect(invoker.calls.length).toBe(1);
  expect((await store.listRuns({ flowId: 'flow', limit: 9 })).map(({ status }) => status)).toEqual(['Succeeded']);
});

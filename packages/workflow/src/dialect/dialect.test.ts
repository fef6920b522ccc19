import type { JsonValue } from '@patchbay/expression';
import { expect, it } from 'vitest';
import type { RunRecord } from '../contract.ts';
import { compileDefinition } from '../plan/compile-definition.ts';
import { flowOf, triggers, type World, world } from '../test-world/test-world.ts';
import { type Dialect, dialectDefaults } from './dialect.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;
const dialects = Object.keys(dialectDefaults) as readonly Dialect[];

const call = { type: 'Http', inputs: { method: 'GET', uri: 'https://api.example/items' } };

function loop(change: { readonly [name: string]: JsonValue }): JsonValue {
  return { type: 'Foreach', foreach: '@range(0, 60)', actions: { Call: call }, ...change };
}

function wait(count: number, unit: string): JsonValue {
  return { type: 'Wait', inputs: { interval: { count, unit } } };
}

type Played = { readonly run: RunRecord | undefined; readonly lastedMs: number; readonly callsAtATime: number };

/** Runs the actions in a dialect to their end; every call takes a second. */
async function play(dialect: Dialect, actions: JsonValue, hours: number): Promise<Played & { readonly world: World }> {
  let open = 0;
  let callsAtATime = 0;
  const played = world(async () => {
    callsAtATime = Math.max(callsAtATime, ++open);
    await new Promise<void>((resolve) => played.clock.at(played.clock.nowMs() + 1_000, resolve));
    open--;
    return { statusCode: 200, headers: {}, body: 1 };
  });
  const flow = flowOf({ triggers, actions }, { dialect });
  const engine = played.engine(flow);
  await engine.start();
  const { runs } = await engine.fire({ flow, trigger: 'manual', outputs: {} });
  await played.clock.advance(hours * 3_600_000);
  const run = await played.store.findRun(runs[0]?.runId ?? '');
  await engine.drain(0);
  return {
    run,
    lastedMs: Date.parse(run?.endTime ?? '') - Date.parse(run?.startTime ?? ''),
    callsAtATime,
    world: played,
  };
}

const atATime: Record<Dialect, number> = { consumption: 20, standard: 20, standardStateless: 20, powerAutomate: 1 };

it.each(dialects)('runs the items of a Foreach at once as %s does', async (dialect) => {
  const { run, callsAtATime } = await play(dialect, { Each: loop({}) }, 1);
  expect([run?.status, callsAtATime]).toEqual(['Succeeded', atATime[dialect]]);
});

it.each(dialects)('runs as many at once as a Foreach says, in %s', async (dialect) => {
  const each = loop({ runtimeConfiguration: { concurrency: { repetitions: 7 } } });
  const { run, callsAtATime } = await play(dialect, { Each: each }, 1);
  expect([run?.status, callsAtATime]).toEqual(['Succeeded', 7]);
});

const nestedAtATime: Record<Dialect, number> = { consumption: 1, standard: 7, standardStateless: 7, powerAutomate: 1 };

it.each(dialects)('runs a Foreach within another as %s does', async (dialect) => {
  const inner = loop({ runtimeConfiguration: { concurrency: { repetitions: 7 } } });
  const outer = loop({
    foreach: '@range(0, 2)',
    operationOptions: 'Sequential',
    actions: { Inside: { type: 'Scope', actions: { Inner: inner } } },
  });
  const { run, callsAtATime } = await play(dialect, { Outer: outer }, 1);
  expect([run?.status, callsAtATime]).toEqual(['Succeeded', nestedAtATime[dialect]]);
});

const untilMinutes: Record<Dialect, number> = {
  consumption: 60,
  standard: 60,
  standardStateless: 8,
  powerAutomate: 60,
};

it.each(dialects)('goes on with an Until as long as %s does', async (dialect) => {
  const until = { type: 'Until', expression: '@equals(1, 2)', actions: { Rest: wait(4, 'Minute') } };
  const { run, lastedMs } = await play(dialect, { Until: until }, 2);
  expect([run?.status, lastedMs / minuteMs]).toEqual(['Succeeded', untilMinutes[dialect]]);
});

it.each(dialects)(
  'goes on with an Until for 60 rounds, and makes a refused call four times again, in %s',
  async (dialect) => {
    const refused = world(() => ({ statusCode: 503, headers: {}, body: null }));
    const until = { type: 'Until', expression: '@equals(1, 2)', actions: { Count: { type: 'Compose', inputs: 1 } } };
    const flow = flowOf({ triggers, actions: { Until: until, Call: call } }, { dialect });
    const engine = refused.engine(flow);
    await engine.start();
    const { runs } = await engine.fire({ flow, trigger: 'manual', outputs: {} });
    await refused.clock.advance(10 * minuteMs);
    const [loopRecord] = await refused.store.listActions(runs[0]?.runId ?? '', 'Until');
    await engine.drain(0);
    expect([loopRecord?.repetitionCount, refused.invoker.calls.length]).toEqual([60, 5]);
  },
);

it.each(dialects)('lets 25 runs at a time where a trigger names no number, in %s', (dialect) => {
  const limited = { manual: { type: 'Request', runtimeConfiguration: { concurrency: {} } }, free: { type: 'Request' } };
  const { plan } = compileDefinition({ triggers: limited, actions: {} }, { dialect });
  expect(plan?.triggers.map(({ concurrency }) => concurrency)).toEqual([
    { runs: 25, maximumWaitingRuns: 35 },
    undefined,
  ]);
});

const days: Record<Dialect, number> = { consumption: 90, standard: 90, standardStateless: 90, powerAutomate: 30 };

it.each(dialects)('ends a run that lasts longer than %s lets it', async (dialect) => {
  const actions = {
    Long: wait(200, 'Day'),
    After: { type: 'Compose', inputs: 1, runAfter: { Long: ['TimedOut', 'Cancelled', 'Skipped'] } },
  };
  const { run, lastedMs, world: played } = await play(dialect, actions, 100 * 24);
  const records = await played.store.listActions(run?.runId ?? '');
  expect({
    run: [run?.status, run?.code, run?.error?.message, lastedMs / dayMs],
    actions: records.map(({ action, status, code }) => `${action}: ${status} ${code}`).sort(),
  }).toEqual({
    run: [
      'TimedOut',
      'WorkflowRunTimedOut',
      `The workflow run took longer than ${days[dialect]} days, which is the most that it may.`,
      days[dialect],
    ],
    actions: ['After: Skipped ActionSkipped', 'Long: Cancelled ActionCancelled'],
  });
});

it.each(['consumption', 'powerAutomate'] as const)('lets a run of %s end that is nearly too long', async (dialect) => {
  const { run } = await play(dialect, { Long: wait(days[dialect] - 1, 'Day') }, 100 * 24);
  expect(run?.status).toBe('Succeeded');
});

it('begins nothing in a run that is taken over after its time', async () => {
  const played = world();
  const actions = { Long: wait(10, 'Day'), Call: { ...call, runAfter: { Long: ['Succeeded'] } } };
  const flow = flowOf({ triggers, actions }, { dialect: 'powerAutomate' });
  const before = played.engine(flow);
  await before.start();
  const { runs } = await before.fire({ flow, trigger: 'manual', outputs: {} });
  await played.clock.advance(minuteMs);
  await before.drain(0);
  await played.clock.advance(40 * dayMs);
  const after = played.engine(flow, 'two');
  await after.start();
  await played.clock.advance(minuteMs);
  const run = await played.store.findRun(runs[0]?.runId ?? '');
  expect([run?.status, run?.code, played.invoker.calls.length]).toEqual(['TimedOut', 'WorkflowRunTimedOut', 0]);
});

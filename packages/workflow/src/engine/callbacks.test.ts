import { parseJson, stringify, type Value } from '@patchbay/expression';
import { expect, it } from 'vitest';
import type { FlowDefinition, Invocation, InvocationResult, RunSignal } from '../contract.ts';
import { flowOf, never, triggers, type World, world } from '../test-world/test-world.ts';
import type { Engine } from './engine-contract.ts';

type Request = Extract<Invocation, { kind: 'http' }>;

const accepted: InvocationResult = { statusCode: 200, headers: {}, body: { id: 'sub-1' } };

const webhook = (change: { readonly [name: string]: Value } = {}) => ({
  type: 'HttpWebhook',
  inputs: {
    subscribe: { method: 'POST', uri: 'https://up.test/hooks', body: { to: '@{listCallbackUrl()}' } },
    unsubscribe: { method: 'DELETE', uri: "https://up.test/hooks/@{action().outputs.body?['id']}" },
  },
  ...change,
});

const waitingFlow = (change: { readonly [name: string]: Value } = {}) =>
  flowOf({
    triggers,
    actions: {
      Wait_for_it: webhook(change),
      After: {
        type: 'Compose',
        inputs: "@outputs('Wait_for_it')",
        runAfter: { Wait_for_it: ['Succeeded', 'TimedOut'] },
      },
    },
  } as never);

/** An upstream that remembers what it is asked. */
function upstream(
  answer: (request: Request, nth: number) => InvocationResult | Promise<InvocationResult> = () => accepted,
) {
  const requests: Request[] = [];
  return {
    requests,
    answer: (request: Request) => {
      requests.push(request);
      return answer(request, requests.length);
    },
  };
}

const callback = (runId: string, body: Value, change: Partial<RunSignal> = {}): RunSignal => ({
  runId,
  action: 'Wait_for_it',
  iteration: '',
  signalId: 'callback',
  payload: stringify({ headers: { 'x-from': 'api' }, body }),
  ...change,
});

async function start(engine: Engine, flow: FlowDefinition): Promise<string> {
  await engine.start();
  const { runs } = await engine.fire({ flow, trigger: 'manual', outputs: {} });
  return runs[0]?.runId ?? '';
}

async function ends(on: World, runId: string) {
  const run = await on.store.findRun(runId);
  const actions = await on.store.listActions(runId);
  return {
    run: run?.status,
    actions: Object.fromEntries(actions.map(({ action, status, code }) => [action, `${status} ${code}`])),
  };
}

/** Stops in good order; what runs is handed over. */
async function stop({ clock }: World, engine: Engine): Promise<void> {
  const drained = engine.drain(0);
  await clock.advance(0);
  await drained;
}

async function outputsOf({ store }: World, runId: string, action: string, iteration = ''): Promise<Value> {
  const record = await store.findAction({ runId, action, iteration });
  return parseJson(record?.outputs ?? 'null');
}

it('waits until it is called back, and gives what that brought', async () => {
  const up = upstream();
  const on = world(up.answer);
  const flow = waitingFlow();
  const engine = on.engine(flow);
  const runId = await start(engine, flow);
  await on.clock.advance(10_000);
  const asleep = await on.store.findRun(runId);
  expect([asleep?.status, up.requests.map(({ method, body }) => [method, body])]).toEqual([
    'Waiting',
    [['POST', { to: `https://callback.example/${runId}/Wait_for_it/` }]],
  ]);
  expect(await engine.signal(callback(runId, 'yes'))).toBe('taken');
  await on.clock.advance(1_000);
  expect(await ends(on, runId)).toEqual({
    run: 'Succeeded',
    actions: { Wait_for_it: 'Succeeded OK', After: 'Succeeded OK' },
  });
  expect(await outputsOf(on, runId, 'After')).toEqual({ statusCode: 200, headers: { 'x-from': 'api' }, body: 'yes' });
  expect(up.requests.map(({ method }) => method)).toEqual(['POST']);
  await engine.drain(0);
});

it('takes one callback, and tells later ones apart', async () => {
  const on = world(upstream().answer);
  const flow = flowOf({
    triggers,
    actions: {
      Wait_for_it: webhook(),
      After: { type: 'Compose', inputs: "@outputs('Wait_for_it')", runAfter: { Wait_for_it: ['Succeeded'] } },
      A_while: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } }, runAfter: { After: ['Succeeded'] } },
    },
  } as never);
  const engine = on.engine(flow);
  const runId = await start(engine, flow);
  await on.clock.advance(10);
  const receipts = [
    await engine.signal(callback(runId, 1)),
    await engine.signal(callback(runId, 2)),
    await engine.signal(callback(runId, 1, { action: 'Nothing', signalId: 'other' })),
  ];
  await on.clock.advance(10);
  receipts.push(await engine.signal(callback(runId, 3)));
  receipts.push(await engine.signal(callback(runId, 4, { signalId: 'another' })));
  await on.clock.advance(3_600_000);
  receipts.push(await engine.signal(callback(runId, 5)));
  expect(receipts).toEqual(['taken', 'repeated', 'unexpected', 'repeated', 'unexpected', 'unexpected']);
  expect(await outputsOf(on, runId, 'After')).toMatchObject({ body: 1 });
  await engine.drain(0);
});

it('takes a callback that comes before the answer of the call that asked for it', async () => {
  const answer = Promise.withResolvers<InvocationResult>();
  const on = world(() => answer.promise);
  const flow = waitingFlow();
  const engine = on.engine(flow);
  const runId = await start(engine, flow);
  await on.clock.advance(10);
  expect(await engine.signal(callback(runId, 'early'))).toBe('taken');
  await on.clock.advance(10);
  expect((await on.store.findRun(runId))?.status).toBe('Running');
  answer.resolve(accepted);
  await on.clock.advance(10);
  expect(await ends(on, runId)).toMatchObject({ run: 'Succeeded' });
  expect(await outputsOf(on, runId, 'After')).toMatchObject({ body: 'early' });
  await engine.drain(0);
});

it('fails with the refusal of the call that asks, and tries again as its policy says', async () => {
  const statuses = [503, 400];
  const up = upstream((_request, nth) => ({ statusCode: statuses[nth - 1] ?? 500, headers: {}, body: null }));
  const on = world(up.answer);
  const flow = waitingFlow();
  const engine = on.engine(flow);
  const runId = await start(engine, flow);
  await on.clock.advance(60_000);
  expect(await ends(on, runId)).toEqual({
    run: 'Failed',
    actions: { Wait_for_it: 'Failed BadRequest', After: 'Skipped ActionSkipped' },
  });
  expect(up.requests.length).toBe(2);
  await engine.drain(0);
});

it('needs no further attempt once it is called back', async () => {
  const up = upstream(() => ({ statusCode: 503, headers: { 'retry-after': '60' }, body: null }));
  const on = world(up.answer);
  const flow = waitingFlow();
  const engine = on.engine(flow);
  const runId = await start(engine, flow);
  await on.clock.advance(5_000);
  await engine.signal(callback(runId, 'all the same'));
  await on.clock.advance(300_000);
  expect(await ends(on, runId)).toMatchObject({ run: 'Succeeded', actions: { Wait_for_it: 'Succeeded OK' } });
  expect(up.requests.length).toBe(1);
  await engine.drain(0);
});

it('gives up at its limit, and says so where it asked', async () => {
  const up = upstream((request, nth) =>
    request.method === 'DELETE' && nth === 2 ? { ...accepted, statusCode: 503 } : accepted,
  );
  const on = world(up.answer);
  const flow = waitingFlow({ limit: { timeout: 'PT1H' } });
  const engine = on.engine(flow);
  const runId = await start(engine, flow);
  await on.clock.advance(3_599_000);
  expect((await on.store.findRun(runId))?.status).toBe('Waiting');
  await on.clock.advance(60_000);
  expect(await ends(on, runId)).toEqual({
    run: 'Succeeded',
    actions: { Wait_for_it: 'TimedOut ActionTimedOut', After: 'Succeeded OK' },
  });
  expect(up.requests.map(({ method, uri }) => `${method} ${uri}`)).toEqual([
    'POST https://up.test/hooks',
    'DELETE https://up.test/hooks/sub-1',
    'DELETE https://up.test/hooks/sub-1',
  ]);
  expect(await engine.signal(callback(runId, 'late'))).toBe('unexpected');
  await engine.drain(0);
});

it('ends at its limit although nobody takes the subscription back', async () => {
  const up = upstream((request) => (request.method === 'DELETE' ? never : accepted));
  const on = world(up.answer);
  const flow = waitingFlow({ limit: { timeout: 'PT1H' } });
  const engine = on.engine(flow);
  const runId = await start(engine, flow);
  await on.clock.advance(3_600_000 + 60_000);
  expect(await ends(on, runId)).toMatchObject({
    run: 'Succeeded',
    actions: { Wait_for_it: 'TimedOut ActionTimedOut' },
  });
  await engine.drain(0);
});

it('gives the subscription back when its run is cancelled', async () => {
  const up = upstream();
  const on = world(up.answer);
  const flow = waitingFlow();
  const engine = on.engine(flow);
  const runId = await start(engine, flow);
  await on.clock.advance(10_000);
  expect(await engine.cancel(runId)).toBe(true);
  await on.clock.advance(1_000);
  expect(await ends(on, runId)).toEqual({
    run: 'Cancelled',
    actions: { Wait_for_it: 'Cancelled ActionCancelled', After: 'Skipped ActionSkipped' },
  });
  expect(up.requests.map(({ method, uri }) => `${method} ${uri}`)).toEqual([
    'POST https://up.test/hooks',
    'DELETE https://up.test/hooks/sub-1',
  ]);
  await engine.drain(0);
});

it('gives it back again when the process that was about to has ended', async () => {
  let isDown = true;
  const up = upstream((request) => (request.method === 'DELETE' && isDown ? never : accepted));
  const on = world(up.answer);
  const flow = waitingFlow();
  const one = on.engine(flow);
  const runId = await start(one, flow);
  await on.clock.advance(10);
  await one.cancel(runId);
  await on.clock.advance(10);
  isDown = false;
  await stop(on, one);
  const two = on.engine(flow, 'two');
  await two.start();
  await on.clock.advance(1_000);
  expect(await ends(on, runId)).toMatchObject({ run: 'Cancelled' });
  expect(up.requests.map(({ method }) => method)).toEqual(['POST', 'DELETE', 'DELETE']);
  await two.drain(0);
});

it('gives it back when the run ends in another branch', async () => {
  const up = upstream();
  const on = world(up.answer);
  const flow = flowOf({
    triggers,
    actions: {
      Wait_for_it: webhook(),
      A_while: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Minute' } } },
      End: { type: 'Terminate', inputs: { runStatus: 'Succeeded' }, runAfter: { A_while: ['Succeeded'] } },
    },
  } as never);
  const engine = on.engine(flow);
  const runId = await start(engine, flow);
  await on.clock.advance(120_000);
  expect(await ends(on, runId)).toEqual({
    run: 'Succeeded',
    actions: { Wait_for_it: 'Cancelled ActionCancelled', A_while: 'Succeeded OK', End: 'Succeeded OK' },
  });
  expect(up.requests.map(({ method }) => method)).toEqual(['POST', 'DELETE']);
  await engine.drain(0);
});

it('waits on in another process, and asks for nothing twice', async () => {
  const up = upstream();
  const on = world(up.answer);
  const flow = waitingFlow();
  const one = on.engine(flow);
  const runId = await start(one, flow);
  await on.clock.advance(10);
  await stop(on, one);
  const two = on.engine(flow, 'two');
  await two.start();
  await on.clock.advance(86_400_000);
  expect(await two.signal(callback(runId, 'at last'))).toBe('taken');
  await on.clock.advance(10);
  expect(await outputsOf(on, runId, 'After')).toMatchObject({ body: 'at last' });
  expect(up.requests.length).toBe(1);
  await two.drain(0);
});

it('takes the callback of a call whose process ended before the answer, and asks no more', async () => {
  const up = upstream(() => never);
  const on = world(up.answer);
  const flow = waitingFlow();
  const one = on.engine(flow);
  const runId = await start(one, flow);
  await on.clock.advance(10);
  await stop(on, one);
  expect(await on.store.putSignal(callback(runId, 'meanwhile'))).toBe('taken');
  const two = on.engine(flow, 'two');
  await two.start();
  await on.clock.advance(10);
  expect(await ends(on, runId)).toMatchObject({ run: 'Succeeded' });
  expect(await outputsOf(on, runId, 'After')).toMatchObject({ body: 'meanwhile' });
  expect(up.requests.length).toBe(1);
  await two.drain(0);
});

it('has an address for every iteration', async () => {
  const up = upstream();
  const on = world(up.answer);
  const flow = flowOf({
    triggers,
    actions: {
      Each: {
        type: 'Foreach',
        foreach: "@createArray('a','b','c')",
        actions: { Wait_for_it: webhook() },
        runtimeConfiguration: { concurrency: { repetitions: 2 } },
      },
    },
  } as never);
  const engine = on.engine(flow);
  const runId = await start(engine, flow);
  await on.clock.advance(10_000);
  const asked = (): readonly Value[] => up.requests.map(({ body }) => body ?? null);
  const address = (iteration: string) => ({ to: `https://callback.example/${runId}/Wait_for_it/${iteration}` });
  expect(asked()).toEqual([address('000000'), address('000001')]);
  await engine.signal(callback(runId, 'second', { iteration: '000001', signalId: '2' }));
  await on.clock.advance(10_000);
  expect(asked()).toEqual([address('000000'), address('000001'), address('000002')]);
  await engine.signal(callback(runId, 'third', { iteration: '000002', signalId: '3' }));
  await engine.signal(callback(runId, 'first', { iteration: '000000', signalId: '1' }));
  await on.clock.advance(10_000);
  const bodies = await Promise.all(
    ['000000', '000001', '000002'].map((iteration) => outputsOf(on, runId, 'Wait_for_it', iteration)),
  );
  expect(bodies.map((outputs) => (outputs as { readonly body: Value }).body)).toEqual(['first', 'second', 'third']);
  expect((await on.store.findRun(runId))?.status).toBe('Succeeded');
  await engine.drain(0);
});

it('keeps the caller of a run waiting for the answer while it may', async () => {
  const on = world(upstream().answer);
  const flow = flowOf({
    triggers,
    actions: {
      Wait_for_it: webhook(),
      Response: {
        type: 'Response',
        inputs: { statusCode: 200, body: "@body('Wait_for_it')" },
        runAfter: { Wait_for_it: ['Succeeded'] },
      },
    },
  } as never);
  const engine = on.engine(flow);
  await engine.start();
  const { runs } = await engine.fire({ flow, trigger: 'manual', outputs: {}, wantsResponse: true });
  const [run] = runs;
  await on.clock.advance(60_000);
  await engine.signal(callback(run?.runId ?? '', 'in time'));
  await on.clock.advance(10);
  expect(await run?.response).toMatchObject({ statusCode: 200, body: 'in time' });
  const { runs: later } = await engine.fire({ flow, trigger: 'manual', outputs: {}, wantsResponse: true });
  await on.clock.advance(130_000);
  expect(await later[0]?.response).toMatchObject({ kind: 'no-response' });
  await engine.signal(callback(later[0]?.runId ?? '', 'too late'));
  await on.clock.advance(10);
  expect((await on.store.listActions(later[0]?.runId ?? '', 'Response'))[0]?.code).toBe('ActionResponseTimedOut');
  await engine.drain(0);
});

it('waits in a stateless flow too', async () => {
  const up = upstream();
  const on = world(up.answer);
  const flow = { ...waitingFlow(), stateless: true };
  const engine = on.engine(flow);
  const runId = await start(engine, flow);
  await on.clock.advance(10_000);
  expect(await engine.awaitedCallback(callback(runId, 1))).toMatchObject({ kind: 'callback' });
  expect(await engine.signal(callback(runId, 1))).toBe('taken');
  await engine.settled(runId);
  expect(await engine.signal(callback(runId, 1))).toBe('unexpected');
  await engine.drain(0);
});

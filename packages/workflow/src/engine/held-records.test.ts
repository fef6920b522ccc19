import { expect, it, vi } from 'vitest';
import type { InvocationResult, RunEntry, RunStore } from '../contract.ts';
import { eventLoopTurns } from '../test-world/manual-clock.ts';
import { flowOf, never, triggers, world } from '../test-world/test-world.ts';

const asking = (method: 'GET' | 'POST') =>
  flowOf({
    triggers,
    actions: {
      Ask: { type: 'Http', inputs: { method, uri: 'https://up.test/a', retryPolicy: { type: 'none' } } },
      Response: { type: 'Response', inputs: { statusCode: 200 }, runAfter: { Ask: ['Succeeded'] } },
    },
  });

/** What each append of a store holds. */
function appendsOf(store: RunStore): () => readonly (readonly string[])[] {
  const append = vi.spyOn(store, 'append');
  return () => append.mock.calls.map(([, entries]) => entries.map(describeEntry));
}

function describeEntry(entry: RunEntry): string {
  return entry.kind === 'action' ? `${entry.record.action} ${entry.record.status}` : entry.kind;
}

it('writes a run that its caller waits for in one append when its safe calls are short', async () => {
  const { engine, store } = world();
  const appends = appendsOf(store);
  const one = engine(asking('GET'));
  const { runs } = await one.fire({ flow: asking('GET'), trigger: 'manual', outputs: {}, wantsResponse: true });
  expect(await runs[0]?.response).toMatchObject({ kind: 'response', statusCode: 200 });
  expect(appends()).toEqual([['run-started', 'Ask Succeeded', 'run-responded', 'Response Succeeded', 'run-finished']]);
  await one.drain(0);
});

it('does not hold back the records of a run whose safe call takes long', async () => {
  const answer = Promise.withResolvers<InvocationResult>();
  const { engine, store, clock } = world(() => answer.promise);
  const appends = appendsOf(store);
  const one = engine(asking('GET'));
  const { runs } = await one.fire({ flow: asking('GET'), trigger: 'manual', outputs: {}, wantsResponse: true });
  await clock.advance(19);
  expect(appends()).toEqual([]);
  await clock.advance(1);
  expect(appends()).toEqual([['run-started']]);
  answer.resolve({ statusCode: 200, headers: {}, body: 1 });
  expect(await runs[0]?.response).toMatchObject({ statusCode: 200 });
  expect(appends().slice(1)).toEqual([['Ask Succeeded', 'run-responded', 'Response Succeeded', 'run-finished']]);
  await one.drain(0);
});

it('records the intent of an unsafe call before it, also when a caller waits', async () => {
  const { engine, store, invoker } = world();
  const appends = appendsOf(store);
  const one = engine(asking('POST'));
  const { runs } = await one.fire({ flow: asking('POST'), trigger: 'manual', outputs: {}, wantsResponse: true });
  await runs[0]?.response;
  expect({ appends: appends(), calls: invoker.calls.length }).toEqual({
    appends: [
      ['run-started', 'Ask Running'],
      ['Ask Succeeded', 'run-responded', 'Response Succeeded', 'run-finished'],
    ],
    calls: 1,
  });
  await one.drain(0);
});

it('acknowledges a run that nobody waits for only when it is recorded', async () => {
  const { engine, store } = world(() => never);
  const appends = appendsOf(store);
  const one = engine(asking('GET'));
  await one.fire({ flow: asking('GET'), trigger: 'manual', outputs: {} });
  expect(appends()).toEqual([['run-started']]);
});

it('hands over a run whose records it held when it stops', async () => {
  const { engine, store, clock } = world(() => never);
  const one = engine(asking('GET'));
  const { runs } = await one.fire({ flow: asking('GET'), trigger: 'manual', outputs: {}, wantsResponse: true });
  await eventLoopTurns();
  const drained = one.drain(5);
  await clock.advance(5);
  await drained;
  expect(await runs[0]?.response).toEqual({
    kind: 'no-response',
    code: 'NoResponse',
    message: 'The server did not receive a response: the engine has stopped.',
  });
  expect((await store.findRun(runs[0]?.runId ?? ''))?.status).toBe('Waiting');
});

it('tells a waiting caller when the run cannot be recorded', async () => {
  const { engine, store } = world();
  const cause = new Error('the disk is full');
  vi.spyOn(store, 'append').mockRejectedValue(cause);
  const one = engine(asking('GET'));
  const { runs } = await one.fire({ flow: asking('GET'), trigger: 'manual', outputs: {}, wantsResponse: true });
  expect(await runs[0]?.response).toEqual({
    kind: 'no-response',
    code: 'NoResponse',
    message: 'The server did not receive a response: the run could not go on.',
    cause,
  });
  await one.drain(0);
});

it('ends although the store takes nothing any more', async () => {
  const { engine, store, clock } = world(() => never);
  const one = engine(asking('GET'));
  const { runs } = await one.fire({ flow: asking('GET'), trigger: 'manual', outputs: {} });
  vi.spyOn(store, 'append').mockReturnValue(never);
  const drained = one.drain(5);
  await clock.advance(5_005);
  await drained;
  expect((await store.findRun(runs[0]?.runId ?? ''))?.status).toBe('Running');
});

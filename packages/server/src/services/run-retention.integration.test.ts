import { afterAll, beforeAll, expect, it } from 'vitest';
import { flows, startThingsPlatform, type ThingsPlatform } from '../test-platform/start-things-platform.ts';
import { flowOf } from '../test-platform/things.ts';
import { answerJson } from '../test-platform/upstream.ts';
import { RunRetention } from './run-retention.ts';

const path = '/api/environments/~default/retention';
const dayMs = 86_400_000;
const keep = { Keep: { type: 'Compose', inputs: '@triggerBody()', runAfter: {} } };
const sleep = { Sleep: { type: 'Wait', inputs: { interval: { count: 400, unit: 'Day' } }, runAfter: {} } };

let server: ThingsPlatform;
beforeAll(async () => {
  server = await startThingsPlatform((_request, response) => answerJson(response, 200, {}), {
    PATCHBAY_RUN_RETENTION_DAYS: '30',
  });
});
afterAll(() => server.stop());

/** A round on a day after today. */
function round(inDays: number, signal = new AbortController().signal) {
  const { store, environments } = server.services;
  const nowMs = () => Date.now() + inDays * dayMs;
  return new RunRetention({ store, environments, nowMs, pauseMs: 0, contentDelayMs: 0 }).round(signal);
}

async function runsOf(flow: string): Promise<readonly string[]> {
  const { body } = await server.call('GET', `${flows}/${flow}/runs`);
  return (body as { readonly value: readonly { readonly name: string }[] }).value.map(({ name }) => name);
}

it('keeps runs as long as the server says until an administrator says otherwise', async () => {
  expect(await server.ask('GET', path)).toEqual({ status: 200, body: { days: 30, runsPerFlow: 0 } });
  expect(await server.ask('PUT', path, { days: -1, runsPerFlow: 0 })).toMatchObject({ status: 400 });
  const own = { days: 0, runsPerFlow: 7 };
  expect(await server.ask('PUT', path, own)).toEqual({ status: 200, body: own });
  expect(await server.ask('GET', path)).toEqual({ status: 200, body: own });
});

it('deletes runs by age with what belongs to them, and those that sleep not', async () => {
  await server.ask('PUT', path, { days: 10, runsPerFlow: 0 });
  const flow = await server.deploy(flowOf(keep));
  const run = await server.run(flow, 'x'.repeat(200_000));
  const sleeper = await server.deploy(flowOf(sleep));
  await server.call('POST', `/api/flows/${sleeper}/triggers/manual/run`);
  await round(9);
  expect(await runsOf(flow)).toEqual([run]);
  expect(await round(11)).toMatchObject({ runs: 1, records: 1 });
  expect([await runsOf(flow), (await runsOf(sleeper)).length]).toEqual([[], 1]);
  expect(await server.services.store.retention.listContents('', 10)).toEqual([]);
});

it('keeps so many of the newest runs of each flow, and all of the last hour', async () => {
  await server.ask('PUT', path, { days: 0, runsPerFlow: 2 });
  const flow = await server.deploy(flowOf(keep));
  const runs = [await server.run(flow, 1), await server.run(flow, 2), await server.run(flow, 3)];
  expect(await round(0)).toMatchObject({ runs: 0 });
  expect(await round(1)).toMatchObject({ runs: 1 });
  expect(await runsOf(flow)).toEqual(runs.slice(1).toReversed());
});

it('leaves it to who has begun, and stops where it is told to', async () => {
  const { leases } = server.services.store;
  await leases.take('retention of runs', 'another', Date.now(), Date.now() + 60_000);
  expect(await round(0)).toBeUndefined();
  await leases.release('retention of runs', 'another');
  expect(await round(0, AbortSignal.abort())).toBeUndefined();
  expect(await round(0)).toEqual({ runs: 0, records: 0, contents: 0 });
});

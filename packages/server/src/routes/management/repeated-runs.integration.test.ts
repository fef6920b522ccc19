import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { send } from '../../test-platform/http-client.ts';
import { flows, startThingsPlatform, type ThingsPlatform } from '../../test-platform/start-things-platform.ts';
import { flowOf } from '../../test-platform/things.ts';
import { answerJson } from '../../test-platform/upstream.ts';

let isBroken = true;
const asked: string[] = [];
let server: ThingsPlatform;
beforeAll(async () => {
  server = await startThingsPlatform((request, response) => {
    asked.push(request.target);
    answerJson(response, isBroken && request.target === '/second' ? 404 : 200, { said: request.target });
  });
});
afterAll(() => server.stop());
beforeEach(() => {
  isBroken = true;
  asked.length = 0;
});

const call = (path: string, after = {}) => ({
  type: 'Http',
  inputs: { method: 'POST', uri: `http://${server.upstream.host}/${path}` },
  runAfter: after,
});

/** A flow whose second call fails, and its failed run. */
async function failedRun(): Promise<{ readonly flow: string; readonly run: string; readonly path: string }> {
  const flow = await server.deploy(
    flowOf({
      First: call('first'),
      Second: call('second', { First: ['Succeeded'] }),
      Never: call('never', { Second: ['Failed', 'Skipped'], First: ['Skipped'] }),
    }),
  );
  const run = await server.run(flow, { n: 1 });
  isBroken = false;
  asked.length = 0;
  return { flow, run, path: `${flows}/${flow}/runs/${run}` };
}

async function repeat(path: string, body?: object, key?: string): Promise<{ status: number; runId: string }> {
  const { status, headers } = await send(server.origin, {
    method: 'POST',
    path: `${path}/resubmit?api-version=2016-11-01`,
    headers: { authorization: server.authorization, ...(key !== undefined && { 'idempotency-key': key }) },
    ...(body !== undefined && { body }),
  });
  const runId = String(headers['x-ms-workflow-run-id']);
  await vi.waitFor(async () => {
    const run = await server.services.store.runs.findRun(runId);
    expect(run?.status).not.toBe('Running');
  });
  return { status, runId };
}

const fromSecond = { actionsToResubmit: [{ name: 'Second' }] };

it('repeats a run from a failed action on, and says so in what it shows of the new run', async () => {
  const { flow, run, path } = await failedRun();
  expect(await server.ask('GET', `${path}/actions/Second`)).toMatchObject({
    body: { properties: { canResubmit: true } },
  });
  expect(await server.ask('GET', `${path}/actions/Never`)).toMatchObject({
    body: { properties: { canResubmit: false } },
  });
  const { status, runId } = await repeat(path, fromSecond);
  expect({ status, asked }).toEqual({ status: 202, asked: ['/second'] });
  const { body } = await server.call('GET', `${flows}/${flow}/runs/${runId}`);
  expect(body).toMatchObject({ properties: { status: 'Succeeded', trigger: { originHistoryName: run } } });
  const page = await server.call('GET', `/api/flows/${flow}/runs/${runId}`);
  expect(page.body).toMatchObject({
    origin: { runId: run, actions: ['Second'] },
    trigger: { outputs: { body: { n: 1 } } },
    actions: [
      { name: 'First', status: 'Succeeded', isKept: true, canRepeat: true },
      { name: 'Second', status: 'Succeeded', canRepeat: true },
      { name: 'Never', status: 'Skipped' },
    ],
  });
});

it('repeats a run as a whole', async () => {
  const { flow, run, path } = await failedRun();
  const { status, runId } = await repeat(path);
  expect({ status, asked }).toEqual({ status: 202, asked: ['/first', '/second'] });
  const page = await server.call('GET', `/api/flows/${flow}/runs/${runId}`);
  expect(page.body).toMatchObject({ origin: { runId: run }, trigger: { outputs: { body: { n: 1 } } } });
});

it.each([
  ['a run', undefined, ['/first', '/second']],
  ['a run from an action on', fromSecond, ['/second']],
])('repeats %s once for one Idempotency-Key', async (_what, body, expected) => {
  const { path } = await failedRun();
  const one = await repeat(path, body, 'key-1');
  expect(await repeat(path, body, 'key-1')).toEqual(one);
  expect(asked).toEqual(expected);
});

it.each([
  ['an action that did not run', { actionsToResubmit: [{ name: 'Never' }] }, 404, 'WorkflowRunActionNotFound'],
  ['an action that is not there', { actionsToResubmit: [{ name: 'Nothing' }] }, 404, 'WorkflowRunActionNotFound'],
  ['no action', { actionsToResubmit: [] }, 400, 'InvalidRequest'],
])('refuses to repeat a run from %s on', async (_what, body, status, code) => {
  const { path } = await failedRun();
  expect(await server.ask('POST', `${path}/resubmit`, body)).toMatchObject({ status, body: { error: { code } } });
  expect(asked).toEqual([]);
});

it('goes on with the flow as it is now, unless a result that would be kept is of another action', async () => {
  const { flow, path } = await failedRun();
  const change = async (first: string, second: string): Promise<void> => {
    const definition = flowOf({ First: call(first), Second: call(second, { First: ['Succeeded'] }) });
    const { status } = await server.call('PATCH', `${flows}/${flow}`, { properties: { definition } });
    expect(status).toBe(200);
  };
  await change('first', 'mended');
  await repeat(path, fromSecond);
  expect(asked).toEqual(['/mended']);
  await change('other', 'mended');
  expect(await server.ask('POST', `${path}/resubmit`, fromSecond)).toMatchObject({
    status: 409,
    body: { error: { code: 'WorkflowRunActionChanged' } },
  });
});

it('repeats only runs of the flow that have ended', async () => {
  const { flow } = await failedRun();
  const other = await server.deploy(
    flowOf({ Wait: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } } } }),
  );
  const { body } = await server.call('POST', `/api/flows/${other}/triggers/manual/run`);
  const { runId } = body as { readonly runId: string };
  expect(
    await server.ask('POST', `${flows}/${other}/runs/${runId}/resubmit`, { actionsToResubmit: [{ name: 'Wait' }] }),
  ).toMatchObject({ status: 409, body: { error: { code: 'WorkflowRunNotEnded' } } });
  expect(await server.ask('POST', `${flows}/${flow}/runs/${runId}/resubmit`)).toMatchObject({
    status: 404,
    body: { error: { code: 'WorkflowRunNotFound' } },
  });
  const cancel = () => server.ask('POST', `${flows}/${other}/runs/${runId}/cancel`);
  expect([(await cancel()).status, (await cancel()).status]).toEqual([200, 200]);
  const again = await repeat(`${flows}/${other}/runs/${runId}`);
  expect(again.status).toBe(202);
});

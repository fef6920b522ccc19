import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis, type TestRedis, whyNoRedis } from '@patchbay/dispatch/test-redis';
import { emptyDatabase, startPostgres, type TestPostgres, whyNoPostgres } from '@patchbay/store/test-postgres';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { send } from './test-platform/http-client.ts';
import { startTestPlatform } from './test-platform/start-test-platform.ts';
import { flows, startThingsPlatform, type ThingsPlatform } from './test-platform/start-things-platform.ts';
import { flowOf } from './test-platform/things.ts';
import { answerJson } from './test-platform/upstream.ts';

const missing = whyNoPostgres() ?? whyNoRedis();
let postgres: TestPostgres | undefined;
let redis: TestRedis | undefined;

beforeAll(async () => {
  if (missing !== undefined) return;
  postgres = await startPostgres();
  redis = await startRedis();
}, 120_000);
afterAll(async () => {
  await redis?.stop();
  postgres?.stop();
});

type Variables = { readonly [name: string]: string };

/** What all processes of one installation are told. */
async function installation(withRedis: boolean): Promise<Variables> {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-roles-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const port = await freePort();
  return {
    PATCHBAY_DATABASE_URL: await emptyDatabase(postgres?.url ?? ''),
    PATCHBAY_MASTER_KEY_FILE: join(folder, 'master.key'),
    PATCHBAY_PUBLIC_URL: `http://127.0.0.1:${port}`,
    ...(withRedis && { PATCHBAY_REDIS_URL: redis?.url ?? '' }),
    WEB_PORT: String(port),
  };
}

async function startWeb({ WEB_PORT = '', ...shared }: Variables, change: Variables = {}): Promise<ThingsPlatform> {
  const web = await startThingsPlatform((_request, response) => answerJson(response, 200, { size: 7 }), {
    ...shared,
    PORT: WEB_PORT,
    PATCHBAY_ROLES: 'web',
    ...change,
  });
  onTestFinished(() => web.stop());
  return web;
}

async function startWorker({ WEB_PORT: _port, ...shared }: Variables, change: Variables = {}) {
  const worker = await startTestPlatform({ ...shared, PATCHBAY_ROLES: 'worker', ...change });
  onTestFinished(() => worker.stop());
  return { ...worker, address: `http://127.0.0.1:${worker.services.configuration.port}` };
}

/** The path and query of the signed address that starts a flow. */
async function addressOf(web: ThingsPlatform, flow: string): Promise<string> {
  const { body } = await web.call('POST', `${flows}/${flow}/triggers/manual/listCallbackUrl`, {});
  const url = new URL((body as { readonly response: { readonly value: string } }).response.value);
  return url.pathname + url.search;
}

const answering = flowOf({
  Ask: { type: 'Http', inputs: { method: 'GET', uri: "@triggerBody()['address']" }, runAfter: {} },
  Response: {
    type: 'Response',
    inputs: { statusCode: 203, headers: { 'x-size': "@{body('Ask')?['size']}" }, body: "@body('Ask')" },
    runAfter: { Ask: ['Succeeded'] },
  },
});

function onSeveral(name: string, test: (withRedis: boolean) => Promise<void>): void {
  if (missing !== undefined) it.skip(`${name} (${missing})`);
  else
    it.each([['over PostgreSQL', false] as const, ['with Redis', true] as const])(`${name}, %s`, (_how, withRedis) =>
      test(withRedis),
    );
}

onSeveral('answers a caller of a web process with what a worker made of it', async (withRedis) => {
  const shared = await installation(withRedis);
  const web = await startWeb(shared);
  const worker = await startWorker(shared);
  const flow = await web.deploy(answering);
  const path = await addressOf(web, flow);
  const body = { address: `http://${web.upstream.host}/things` };
  const answers = await Promise.all(Array.from({ length: 20 }, () => send(web.origin, { method: 'POST', path, body })));
  expect(answers.map(({ status, headers, body }) => [status, headers['x-size'], body])).toEqual(
    Array.from({ length: 20 }, () => [203, '7', { size: 7 }]),
  );
  const owners = await worker.services.store.runs.listRuns({ flowId: flow, limit: 100 });
  expect(owners.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 'Succeeded'));
});

onSeveral('takes runs while no worker is there, and hands them to the next', async (withRedis) => {
  const shared = await installation(withRedis);
  const web = await startWeb(shared);
  const flow = await web.deploy(flowOf({ Say: { type: 'Compose', inputs: 'hello', runAfter: {} } }));
  const path = await addressOf(web, flow);
  const taken = await Promise.all(
    Array.from({ length: 10 }, () => send(web.origin, { method: 'POST', path, body: {} })),
  );
  const { runs } = web.services.store;
  const statuses = async (): Promise<readonly string[]> =>
    (await runs.listRuns({ flowId: flow, limit: 100 })).map(({ status }) => status);
  expect([...new Set(taken.map(({ status }) => status)), ...new Set(await statuses())]).toEqual([202, 'Running']);
  await startWorker(shared);
  for (let round = 0; round < 200 && (await statuses()).includes('Running'); round++) await pause(50);
  expect(await statuses()).toEqual(Array.from({ length: 10 }, () => 'Succeeded'));
});

const calling = (child: string) =>
  flowOf({
    Ask: {
      type: 'HttpWebhook',
      inputs: {
        subscribe: { method: 'POST', uri: "@triggerBody()['address']", body: { url: '@{listCallbackUrl()}' } },
      },
      runAfter: {},
    },
    Call: {
      type: 'Workflow',
      inputs: { host: { workflow: { id: child } }, body: "@body('Ask')" },
      runAfter: { Ask: ['Succeeded'] },
    },
    Response: {
      type: 'Response',
      inputs: { statusCode: 203, body: "@body('Call')" },
      runAfter: { Call: ['Succeeded'] },
    },
  });

onSeveral(
  'brings callbacks and answers of called flows to runs that another process has in hand',
  async (withRedis) => {
    const shared = await installation(withRedis);
    const web = await startWeb(shared);
    await startWorker(shared);
    await startWorker(shared);
    const called = await web.deploy(
      flowOf({
        Response: { type: 'Response', inputs: { statusCode: 200, body: '@add(triggerBody(), 1)' }, runAfter: {} },
      }),
    );
    const flow = await web.deploy(calling(called));
    const path = await addressOf(web, flow);
    const body = { address: `http://${web.upstream.host}/asks` };
    const answers = Array.from({ length: 10 }, () => send(web.origin, { method: 'POST', path, body }));
    const asked = (): readonly string[] =>
      web.upstream.received.flatMap(({ body: asking }) => /"url":"(http[^"]+)"/.exec(String(asking))?.[1] ?? []);
    for (let round = 0; round < 400 && asked().length < 10; round++) await pause(25);
    const receipts = await Promise.all(
      asked().flatMap((url, index) => {
        const callback = { method: 'POST', path: new URL(url).pathname, body: index };
        return [send(web.origin, callback), send(web.origin, callback)];
      }),
    );
    const taken = receipts.filter(({ status }) => status === 200).length;
    const refused = receipts.filter(({ status }) => status === 409 || status === 410).length;
    expect([taken, refused]).toEqual([10, 10]);
    const bodies = (await Promise.all(answers)).map(({ status, body: answer }) => [status, answer]);
    expect(bodies.sort((left, right) => Number(left[1]) - Number(right[1]))).toEqual(
      Array.from({ length: 10 }, (_, index) => [203, index + 1]),
    );
  },
);

const resting = flowOf({
  Rest: { type: 'Wait', inputs: { interval: { count: 5, unit: 'Second' } }, runAfter: {} },
  Response: { type: 'Response', inputs: { statusCode: 203, body: 'rested' }, runAfter: { Rest: ['Succeeded'] } },
});
const askingBack = flowOf({
  Ask: {
    type: 'HttpWebhook',
    inputs: { subscribe: { method: 'POST', uri: "@triggerBody()['address']", body: { url: '@{listCallbackUrl()}' } } },
    runAfter: {},
  },
  Response: { type: 'Response', inputs: { statusCode: 203, body: "@body('Ask')" }, runAfter: { Ask: ['Succeeded'] } },
});

/** What a caller is told of a run that waits five seconds, by the clock and for a callback, which another process takes. */
async function answersAfterWaits(web: ThingsPlatform, other: string): Promise<readonly unknown[]> {
  const [rests, asks] = [await web.deploy(resting), await web.deploy(askingBack)];
  const body = { address: `http://${web.upstream.host}/asks` };
  const answers = [rests, asks].map(async (flow) =>
    send(web.origin, { method: 'POST', path: await addressOf(web, flow), body }),
  );
  await pause(5_000);
  const [asked = ''] = web.upstream.received.flatMap(
    ({ body: asking }) => /"url":"(http[^"]+)"/.exec(String(asking))?.[1] ?? [],
  );
  const called = await send(other, { method: 'POST', path: new URL(asked).pathname, body: 'called back' });
  return [called.status, ...(await Promise.all(answers)).map(({ status, body: answer }) => [status, answer])];
}

onSeveral('answers a caller of a web process whose run has slept meanwhile', async (withRedis) => {
  const shared = await installation(withRedis);
  const web = await startWeb(shared);
  await startWorker(shared);
  await startWorker(shared);
  expect(await answersAfterWaits(web, web.origin)).toEqual([200, [203, 'rested'], [203, 'called back']]);
});

onSeveral('answers a caller of a process that works as well, with others beside it', async (withRedis) => {
  const shared = await installation(withRedis);
  const both = { PATCHBAY_ROLES: 'web,worker' };
  const one = await startWeb(shared, both);
  const other = await startWorker(shared, both);
  expect(await answersAfterWaits(one, other.address)).toEqual([200, [203, 'rested'], [203, 'called back']]);
});

onSeveral('lets a worker answer nothing but how it is', async (withRedis) => {
  const shared = await installation(withRedis);
  await startWeb(shared);
  const { address } = await startWorker(shared);
  const paths = ['/healthz', '/readyz', '/metrics', '/', '/api/session', '/oidc/.well-known/openid-configuration'];
  const answers = await Promise.all(paths.map((path) => send(address, { path })));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 404, 404, 404]);
});

const pause = (ms: number): Promise<void> => new Promise((wake) => setTimeout(wake, ms));

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

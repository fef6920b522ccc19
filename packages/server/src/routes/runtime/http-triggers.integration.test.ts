import type { ServerResponse } from 'node:http';
import type { JsonObject } from '@patchbay/definition';
import { expect, it, onTestFinished, vi } from 'vitest';
import { flows, startThingsPlatform } from '../../test-platform/start-things-platform.ts';
import type { ReceivedRequest } from '../../test-platform/upstream.ts';

type Answering = (request: ReceivedRequest, response: ServerResponse) => void;

async function start(answer: Answering) {
  const platform = await startThingsPlatform(answer);
  onTestFinished(platform.stop);
  const { services, call } = platform;
  const watches = (flow: string) => services.store.watches.list(flow);
  const deploy = (trigger: JsonObject, more: JsonObject = {}): Promise<string> =>
    platform.deploy({ triggers: { Event: trigger }, actions: {}, ...more });
  const outputs = async (flow: string): Promise<readonly unknown[]> =>
    (await services.store.runs.listRuns({ flowId: flow, limit: 100 }))
      .toReversed()
      .map((run) => JSON.parse(run.trigger.outputs ?? '{}'));
  const poll = async (flow: string): Promise<void> => {
    const [before] = await watches(flow);
    await new Promise((wake) => setTimeout(wake, 2));
    await services.engine.checkWatch(before?.watchId ?? '');
    await waitFor(async () => {
      const [watch] = await watches(flow);
      expect(watch?.lastContactMs).toBeGreaterThan(before?.lastContactMs ?? 0);
      expect(watch?.pending).toBeUndefined();
    });
  };
  const contacted = (flow: string) =>
    waitFor(async () => expect((await watches(flow))[0]?.lastContactMs).toBeDefined());
  return { ...platform, deploy, watches, outputs, poll, contacted, call };
}

/** A busy machine takes longer than Vitest's second. */
function waitFor(check: () => Promise<void>): Promise<void> {
  return vi.waitFor(check, { timeout: 10_000 });
}

const daily = { frequency: 'Day', interval: 1 };

it('polls an address: 200 fires, 202 does not, and Location says where to ask next', async () => {
  const answers: Answering[] = [
    (_, response) => response.writeHead(202, { location: '/later?page=2', 'retry-after': '3600' }).end(),
    (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"n":1}'),
    (_, response) => response.writeHead(204).end(),
  ];
  const { deploy, upstream, outputs, poll, contacted, watches } = await start((request, response) =>
    (answers.shift() ?? answers[0])?.(request, response),
  );
  const flow = await deploy({
    type: 'Http',
    recurrence: daily,
    inputs: {
      method: 'get',
      uri: `${upstream.origin}/news`,
      queries: { q: 'a b' },
      headers: { 'x-mine': 'yes' },
      authentication: { type: 'Basic', username: 'u', password: 'p' },
    },
  });
  await contacted(flow);
  const [watch] = await watches(flow);
  const untilNextMs = (watch?.dueMs ?? 0) - (watch?.lastContactMs ?? 0);
  expect([untilNextMs, watch?.target]).toEqual([
    3_600_000,
    { kind: 'http', method: 'GET', uri: `${upstream.origin}/news` },
  ]);
  await poll(flow);
  await poll(flow);
  expect(await outputs(flow)).toEqual([expect.objectContaining({ statusCode: 200, body: { n: 1 } })]);
  const basic = `Basic ${Buffer.from('u:p').toString('base64')}`;
  expect(upstream.received.map(({ target, headers }) => [target, headers['x-mine'], headers['authorization']])).toEqual(
    [
      ['/news?q=a%20b', 'yes', basic],
      ['/later?page=2', 'yes', basic],
      ['/news?q=a%20b', 'yes', basic],
    ],
  );
});

it('tells another origin that it is sent to nothing that speaks for the flow', async () => {
  const other = await startThingsPlatform((_, response) => response.writeHead(202).end());
  onTestFinished(other.stop);
  const { deploy, upstream, poll, contacted } = await start((_, response) =>
    response.writeHead(202, { location: `${other.upstream.origin}/there` }).end(),
  );
  const flow = await deploy({
    type: 'Http',
    recurrence: daily,
    inputs: {
      uri: `${upstream.origin}/here`,
      headers: { 'x-mine': 'secret' },
      authentication: { type: 'Raw', value: 'secret' },
    },
  });
  await contacted(flow);
  await poll(flow);
  const [received] = other.upstream.received;
  expect([received?.target, received?.headers['x-mine'], received?.headers['authorization']]).toEqual([
    '/there',
    undefined,
    undefined,
  ]);
});

it('lets conditions say which answers fire', async () => {
  const { deploy, upstream, outputs, contacted } = await start((_, response) =>
    response.writeHead(500, { 'content-type': 'text/plain' }).end('down'),
  );
  const flow = await deploy({
    type: 'Http',
    recurrence: daily,
    conditions: [{ expression: "@equals(triggers().code, 'InternalServerError')" }],
    inputs: { method: 'GET', uri: `${upstream.origin}/health` },
  });
  await contacted(flow);
  await waitFor(async () =>
    expect(await outputs(flow)).toEqual([expect.objectContaining({ statusCode: 500, body: 'down' })]),
  );
});

it('subscribes at an address with its callback, starts a run for each call, and unsubscribes with what it was told', async () => {
  const { deploy, upstream, watches, outputs, ask, call } = await start((request, response) =>
    response
      .writeHead(request.method === 'POST' ? 201 : 204, { 'content-type': 'application/json' })
      .end(request.method === 'POST' ? '{"id":"s 1"}' : undefined),
  );
  const flow = await deploy(
    {
      type: 'HttpWebhook',
      splitOn: '@triggerBody()',
      inputs: {
        subscribe: {
          method: 'POST',
          uri: `${upstream.origin}/subscriptions`,
          body: { callback: '@{listCallbackUrl()}', topic: "@parameters('topic')" },
          authentication: { type: 'Raw', value: "@parameters('key')" },
        },
        unsubscribe: {
          method: 'DELETE',
          uri: `${upstream.origin}/subscriptions/@{encodeUriComponent(triggerBody()['id'])}`,
          authentication: { type: 'Raw', value: "@parameters('key')" },
        },
      },
    },
    {
      parameters: {
        topic: { type: 'String', defaultValue: 'loans' },
        key: { type: 'SecureString', defaultValue: 'the-key' },
      },
    },
  );
  await waitFor(async () => expect((await watches(flow))[0]?.status).toBe('Active'));
  const { callback, topic } = JSON.parse(String(upstream.received[0]?.body)) as { callback: string; topic: string };
  expect([topic, upstream.received[0]?.headers['authorization']]).toEqual(['loans', 'the-key']);
  const sent = await fetch(`${callback}?from=there`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '[{"loan":1},{"loan":2}]',
  });
  expect(sent.status).toBe(200);
  expect(await outputs(flow)).toEqual([
    expect.objectContaining({ queries: { from: 'there' }, body: { loan: 1 } }),
    expect.objectContaining({ body: { loan: 2 } }),
  ]);
  expect((await watches(flow))[0]?.state).not.toContain('the-key');
  expect((await ask('GET', `/api/flows/${flow}/triggers/Event/state`)).body).toMatchObject({
    watches: [{ kind: 'subscription', status: 'Active', state: { kind: 'http' } }],
  });
  expect((await call('DELETE', `${flows}/${flow}`)).status).toBeLessThan(300);
  await waitFor(async () => expect(await watches(flow)).toEqual([]));
  const last = upstream.received.at(-1);
  expect([last?.method, last?.target, last?.headers['authorization']]).toEqual([
    'DELETE',
    '/subscriptions/s%201',
    'the-key',
  ]);
  expect((await fetch(callback, { method: 'POST', body: '' })).status).toBe(401);
});

it('keeps a subscription whose end cannot be told, and says why', async () => {
  const { deploy, upstream, watches, call } = await start((_, response) => response.writeHead(200).end());
  const flow = await deploy({
    type: 'HttpWebhook',
    inputs: {
      subscribe: { uri: `${upstream.origin}/subscriptions`, body: '@listCallbackUrl()' },
      unsubscribe: { uri: "@triggerBody()['id']['deep']" },
    },
  });
  await waitFor(async () => expect((await watches(flow))[0]?.status).toBe('Active'));
  await call('POST', `${flows}/${flow}/stop`);
  await waitFor(async () =>
    expect((await watches(flow)).map(({ status, error }) => [status, error?.code])).toEqual([
      ['EndFailed', 'InvalidTemplate'],
    ]),
  );
});

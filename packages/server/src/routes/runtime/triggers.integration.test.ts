import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { JsonObject } from '@patchbay/definition';
import { expect, it, onTestFinished, vi } from 'vitest';
import { eventsDefinition, eventsProperties } from '../../test-platform/events.ts';
import { flows, nameOf, powerApps, startThingsPlatform } from '../../test-platform/start-things-platform.ts';
import { answerJson, type ReceivedRequest } from '../../test-platform/upstream.ts';

type Answer = (request: ReceivedRequest, response: ServerResponse) => void;

/** A platform whose API tells of events, and a flow that keeps what its trigger gave. */
async function start(answers: { readonly [methodAndPath: string]: Answer }) {
  const platform = await startThingsPlatform((request, response) => {
    const path = request.target.split('?')[0];
    const answer = answers[`${request.method} ${path}`];
    if (answer === undefined) answerJson(response, 404, { path });
    else answer(request, response);
  });
  onTestFinished(platform.stop);
  const { call, upstream, services } = platform;
  const connector = nameOf(
    await call('POST', `${powerApps}/apis`, {
      properties: { ...eventsProperties, openApiDefinition: eventsDefinition(upstream.host) },
    }),
  );
  const connection = 'fedcba9876543210fedcba9876543210';
  nameOf(
    await call('PUT', `${powerApps}/apis/${connector}/connections/${connection}`, {
      properties: { displayName: 'Events', connectionParameters: { api_key: 'events-key' } },
    }),
  );
  const deploy = async (trigger: JsonObject): Promise<string> =>
    nameOf(
      await call('POST', flows, {
        properties: {
          displayName: 'Listens',
          state: 'Started',
          definition: {
            triggers: { Event: trigger },
            actions: { Keep: { type: 'Compose', inputs: '@triggerOutputs()', runAfter: {} } },
          },
          connectionReferences: { events: { connectionName: connection, id: `${powerApps}/apis/${connector}` } },
        },
      }),
    );
  const watches = (flow: string) => services.store.watches.list(flow);
  /** Bodies that runs of the flow saw, oldest first. */
  const seen = async (flow: string): Promise<readonly unknown[]> =>
    (await services.store.runs.listRuns({ flowId: flow, limit: 1000 }))
      .toReversed()
      .map((run) => (JSON.parse(run.trigger.outputs ?? '{}') as { readonly body: unknown }).body);
  return {
    ...platform,
    deploy,
    watches,
    seen,
    host: { apiId: `${powerApps}/apis/${connector}`, connectionName: 'events' },
  };
}

/** A busy machine takes longer than Vitest's second. */
const patience = { timeout: 10_000 };

function operation(host: JsonObject, operationId: string, parameters: JsonObject = {}): JsonObject {
  return { host: { ...host, operationId }, parameters };
}

const created: Answer = (_request, response) => {
  response.writeHead(201, { location: '/v1/hooks/7', 'content-type': 'application/json' }).end('{}');
};

it('subscribes with its address, starts a run for each event once, and gives the subscription back', async () => {
  const { deploy, upstream, watches, seen, host, call } = await start({
    'POST /v1/hooks': created,
    'DELETE /v1/hooks/7': (_request, response) => response.writeHead(204).end(),
  });
  const flow = await deploy({
    type: 'OpenApiConnectionWebhook',
    inputs: operation(host, 'Subscribe', { 'body/topic': 'loans' }),
  });
  await vi.waitFor(async () => expect((await watches(flow))[0]?.status).toBe('Active'));
  const [subscribe] = upstream.received;
  const { topic, config } = JSON.parse(String(subscribe?.body)) as { topic: string; config: { url: string } };
  expect({ topic, key: subscribe?.headers['x-api-key'], asker: subscribe?.headers['x-asker'] }).toEqual({
    topic: 'loans',
    key: 'events-key',
    asker: 'patchbay',
  });
  const send = async (id: string, body: unknown) =>
    (
      await fetch(config.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-event-id': id },
        body: JSON.stringify(body),
      })
    ).status;
  expect(await send('1', { loan: 'L1' })).toBe(200);
  expect(await send('2', { loan: 'L2' })).toBe(200);
  expect(await send('1', { loan: 'L1' })).toBe(202);
  expect(await seen(flow)).toEqual([{ loan: 'L1' }, { loan: 'L2' }]);
  expect((await fetch(`${config.url.slice(0, -4)}AAAA`, { method: 'POST' })).status).toBe(401);

  await call('POST', `${flows}/${flow}/stop`);
  await vi.waitFor(async () => expect(await watches(flow)).toEqual([]));
  const unsubscribe = upstream.received.at(-1);
  expect([unsubscribe?.method, unsubscribe?.target, unsubscribe?.headers['x-api-key']]).toEqual([
    'DELETE',
    '/v1/hooks/7',
    'events-key',
  ]);
  expect(unsubscribe?.headers['x-asker']).toBe('patchbay');
  expect(await send('3', {})).toBe(410);
});

it('subscribes and gives back by the requests that the trigger itself names', async () => {
  const { deploy, upstream, watches, seen, call } = await start({
    'POST /v1/hooks': (_request, response) => answerJson(response, 201, { id: 's 1' }),
    'DELETE /v1/hooks/s%201': (_request, response) => response.writeHead(204).end(),
  });
  const flow = await deploy({
    type: 'ApiConnectionWebhook',
    inputs: {
      host: { connection: { name: 'events' } },
      subscribe: { path: '/hooks', body: { config: { url: '@listCallbackUrl()' } } },
      unsubscribe: {
        path: "/hooks/@{encodeUriComponent(triggerBody()['id'])}",
      },
    },
  });
  await vi.waitFor(async () => expect((await watches(flow))[0]).toMatchObject({ status: 'Active' }), patience);
  const { config } = JSON.parse(String(upstream.received[0]?.body)) as { config: { url: string } };
  const event = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"n":1}' };
  expect((await fetch(config.url, event)).status).toBe(200);
  expect(await seen(flow)).toEqual([{ n: 1 }]);
  await call('POST', `${flows}/${flow}/stop`);
  await vi.waitFor(async () => expect(await watches(flow)).toEqual([]), patience);
  expect(upstream.received.map(({ method, target, headers }) => [method, target, headers['x-api-key']])).toEqual([
    ['POST', '/v1/hooks', 'events-key'],
    ['DELETE', '/v1/hooks/s%201', 'events-key'],
  ]);
});

it('accepts what is signed with the secret it made, and nothing else', async () => {
  const { deploy, upstream, watches, seen, host } = await start({ 'POST /v1/signed-hooks': created });
  const flow = await deploy({ type: 'OpenApiConnectionWebhook', inputs: operation(host, 'SubscribeSigned') });
  await vi.waitFor(async () => expect((await watches(flow))[0]?.status).toBe('Active'));
  const { config } = JSON.parse(String(upstream.received[0]?.body)) as { config: { url: string; secret: string } };
  const send = async (secret: string, atMs: number) => {
    const body = '{"a" : 1}';
    const time = String(Math.floor(atMs / 1000));
    const signature = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
    const headers = { 'content-type': 'application/json', 'x-timestamp': time, 'x-signature': `sha256=${signature}` };
    return (await fetch(config.url, { method: 'POST', headers, body })).status;
  };
  expect(await send(config.secret, Date.now())).toBe(200);
  expect(await send('another', Date.now())).toBe(401);
  expect(await send(config.secret, Date.now() - 600_000)).toBe(401);
  expect(await seen(flow)).toEqual([{ a: 1 }]);
});

const byService = {
  type: 'ServiceProvider',
  inputs: {
    parameters: {},
    serviceProviderConfiguration: {
      connectionName: 'events',
      operationId: 'OnNews',
      serviceProviderId: '/serviceProviders/news',
    },
  },
};

it.each([
  ['an operation', (host: JsonObject) => ({ type: 'OpenApiConnection', inputs: operation(host, 'OnNews') })],
  ['a built-in service', () => byService],
])('polls %s by policy: the first poll only looks, then each item once', async (_what, trigger) => {
  const feed = { items: [{ id: 2 }, { id: 1 }] as { id: number }[] };
  const { deploy, upstream, watches, seen, host, services } = await start({
    'GET /v1/news': (_request, response) => answerJson(response, 200, { items: feed.items, total: feed.items.length }),
  });
  const flow = await deploy({
    ...trigger(host),
    recurrence: { frequency: 'Day', interval: 1 },
    splitOn: "@triggerOutputs()?['body/items']",
  });
  const poll = async () => {
    const before = (await watches(flow))[0]?.lastContactMs ?? 0;
    await new Promise((wake) => setTimeout(wake, 2));
    await services.engine.checkWatch((await watches(flow))[0]?.watchId ?? '');
    await vi.waitFor(async () => {
      const [watch] = await watches(flow);
      expect(watch?.lastContactMs).toBeGreaterThan(before);
      expect(watch?.pending).toBeUndefined();
    }, patience);
  };
  await vi.waitFor(async () => expect((await watches(flow))[0]?.status).toBe('Active'), patience);
  expect(await seen(flow)).toEqual([]);
  feed.items = [{ id: 4 }, { id: 2 }, { id: 3 }, { id: 1 }];
  await poll();
  await poll();
  expect(upstream.received.map(({ target }) => target)).toEqual(['/v1/news', '/v1/news?after=2', '/v1/news?after=4']);
  expect([...(await seen(flow))].map((item) => (item as { id: number }).id).sort()).toEqual([3, 4]);
});

it('polls an API that keeps the state itself: 202 is nothing, 200 is data, Location is where to ask next', async () => {
  const { deploy, upstream, watches, seen, host } = await start({
    'GET /v1/queue': ({ target }, response) => {
      const state = Number(new URL(target, 'http://x').searchParams.get('triggerState') ?? 0);
      const headers = { location: `/v1/queue?triggerState=${state + 1}`, 'content-type': 'application/json' };
      if (state === 1 || state === 2) response.writeHead(200, { ...headers, 'retry-after': '0' }).end(`{"n":${state}}`);
      else response.writeHead(202, { ...headers, 'retry-after': state === 0 ? '0' : '3600' }).end();
    },
  });
  const flow = await deploy({
    type: 'ApiConnection',
    inputs: { host: { connection: { name: 'events' } }, path: '/queue' },
  });
  await vi.waitFor(async () => expect(upstream.received).toHaveLength(4), { timeout: 10_000 });
  await vi.waitFor(async () => expect(await seen(flow)).toEqual([{ n: 1 }, { n: 2 }]));
  expect(upstream.received.map(({ target }) => target)).toEqual([
    '/v1/queue',
    '/v1/queue?triggerState=1',
    '/v1/queue?triggerState=2',
    '/v1/queue?triggerState=3',
  ]);
  expect(host.connectionName).toBe('events');
  await vi.waitFor(async () => expect((await watches(flow))[0]?.state).toContain('triggerState=4'));
});

it('fetches when it is told that there is something', async () => {
  const mail = { value: [{ id: 'a' }] };
  const { deploy, upstream, watches, seen, host } = await start({
    'POST /v1/pokes': created,
    'GET /v1/mail': (_request, response) => answerJson(response, 200, mail),
  });
  const flow = await deploy({
    type: 'OpenApiConnectionNotification',
    splitOn: "@triggerOutputs()?['body/value']",
    inputs: operation(host, 'OnMail'),
  });
  await vi.waitFor(async () => expect((await watches(flow)).map(({ status }) => status)).toEqual(['Active', 'Active']));
  const subscribe = upstream.received.find(({ method }) => method === 'POST');
  const { config } = JSON.parse(String(subscribe?.body)) as { config: { url: string } };
  mail.value.unshift({ id: 'b' });
  expect((await fetch(config.url, { method: 'POST', body: '{}' })).status).toBe(202);
  await vi.waitFor(async () => expect(await seen(flow)).toEqual([{ id: 'b' }]), 10_000);
});

it('shows what a trigger keeps, and lets a person change it', async () => {
  const { deploy, watches, host, call } = await start({
    'GET /v1/news': (_request, response) => answerJson(response, 200, { items: [{ id: 2 }, { id: 1 }] }),
  });
  const flow = await deploy({ type: 'OpenApiConnection', inputs: operation(host, 'OnNews') });
  await vi.waitFor(async () => expect((await watches(flow))[0]?.status).toBe('Active'));
  const path = `/api/flows/${flow}/triggers/event/state`;
  const read = async () => (await call('GET', path)).body as { watches: { state: { [name: string]: unknown } }[] };
  const [watch] = (await read()).watches;
  expect(watch).toEqual({
    kind: 'poll',
    status: 'Active',
    attempts: 0,
    activeSince: expect.any(String),
    lastContact: expect.any(String),
    nextContact: expect.any(String),
    state: { parameters: { after: '2' }, seen: [expect.any(String), expect.any(String)] },
  });
  expect((await call('PUT', path, { state: { parameters: { after: '1' }, seen: [] } })).status).toBe(204);
  expect((await read()).watches[0]?.state).toEqual({ parameters: { after: '1' }, seen: [] });
  const evil = { place: { url: 'http://evil.test/x', base: 'http://evil.test' } };
  expect(await call('PUT', path, { state: evil })).toMatchObject({ status: 400, body: { code: 'InvalidRequest' } });
  expect((await call('PUT', path, { state: { more: 1 } })).status).toBe(400);
  expect((await call('POST', path.replace('/state', '/check'), {})).status).toBe(202);
  expect((await call('PUT', path, { state: null })).status).toBe(204);
  await call('POST', `${flows}/${flow}/stop`);
  expect((await watches(flow))[0]?.status).toBe('Stopped');
});

it('tries again what failed for a while, tells what failed for good, and asks no other host to end a subscription', async () => {
  const counts = { asked: 0 };
  const { deploy, watches, host, call, services } = await start({
    'POST /v1/hooks': (_request, response) => {
      counts.asked += 1;
      if (counts.asked === 1) response.writeHead(503).end();
      else response.writeHead(201, { location: 'http://elsewhere.test/v1/hooks/7' }).end();
    },
  });
  const flow = await deploy({ type: 'OpenApiConnectionWebhook', inputs: operation(host, 'Subscribe') });
  await vi.waitFor(async () => expect((await watches(flow))[0]?.error?.code).toBe('ServiceUnavailable'));
  const [waiting] = await watches(flow);
  await services.engine.checkWatch(waiting?.watchId ?? '');
  await vi.waitFor(async () => expect((await watches(flow))[0]?.status).toBe('Failed'));
  const { body } = await call('GET', `/api/flows/${flow}/triggers/Event/state`);
  expect(body).toMatchObject({
    watches: [{ status: 'Failed', attempts: 2, error: { code: 'LocationRefused' } }],
    notes: [
      { event: 'subscribe', status: 'Failed', code: 'LocationRefused' },
      { event: 'subscribe', status: 'Failed', code: 'ServiceUnavailable' },
    ],
  });
});

it('answers challenges with the secret of the subscription, and renews one that ends', async () => {
  let count = 0;
  const { deploy, upstream, watches, host, call } = await start({
    'POST /v1/signed-hooks': (_request, response) => {
      count += 1;
      response
        .writeHead(201, { location: `/v1/hooks/${count}`, 'content-type': 'application/json' })
        .end(JSON.stringify({ expirationDateTime: new Date(Date.now() + 3_600_000) }));
    },
    'DELETE /v1/hooks/1': (_request, response) => response.writeHead(204).end(),
  });
  const flow = await deploy({ type: 'OpenApiConnectionWebhook', inputs: operation(host, 'SubscribeSigned') });
  await vi.waitFor(async () => expect((await watches(flow))[0]?.status).toBe('Active'));
  const { config } = JSON.parse(String(upstream.received[0]?.body)) as { config: { url: string; secret: string } };
  const hmac = (content: string) => createHmac('sha256', config.secret).update(content);
  const check = await fetch(`${config.url}?crc_token=abc`);
  expect([check.status, await check.json()]).toEqual([
    200,
    { response_token: `sha256=${hmac('abc').digest('base64')}` },
  ]);
  const body = JSON.stringify({ event: 'endpoint.url_validation', payload: { plainToken: 'q1' } });
  const post = (headers: { readonly [name: string]: string }) =>
    fetch(config.url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  expect((await post({})).status).toBe(401);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = hmac(`${timestamp}.${body}`).digest('hex');
  const validation = await post({ 'x-timestamp': timestamp, 'x-signature': `sha256=${signature}` });
  expect([validation.status, await validation.json()]).toEqual([
    200,
    { plainToken: 'q1', encryptedToken: hmac('q1').digest('hex') },
  ]);
  // Whoever is in a hurry renews it before its time.
  expect((await call('POST', `/api/flows/${flow}/triggers/Event/check`)).status).toBe(202);
  await vi.waitFor(() =>
    expect(upstream.received.map(({ method, target }) => `${method} ${target}`)).toEqual([
      'POST /v1/signed-hooks',
      'POST /v1/signed-hooks',
      'DELETE /v1/hooks/1',
    ]),
  );
  const [again] = upstream.received.slice(1);
  expect(JSON.parse(String(again?.body))).toMatchObject({ config });
  await vi.waitFor(async () =>
    expect(await watches(flow)).toMatchObject([{ status: 'Active', dueMs: expect.any(Number) }]),
  );
});

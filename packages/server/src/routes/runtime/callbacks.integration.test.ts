import type { JsonObject } from '@patchbay/definition';
import { expect, it, onTestFinished, vi } from 'vitest';
import { eventsDefinition, eventsProperties } from '../../test-platform/events.ts';
import { flows, nameOf, powerApps, startThingsPlatform } from '../../test-platform/start-things-platform.ts';
import { answerJson } from '../../test-platform/upstream.ts';

/** A platform whose API takes orders to call back, and gives them up when it is told. */
async function start() {
  const platform = await startThingsPlatform((request, response) => {
    if (request.method === 'DELETE') response.writeHead(204).end();
    else if (request.target.startsWith('/v1/approvals'))
      response.writeHead(201, { location: '/v1/approvals/7', 'content-type': 'application/json' }).end('{"id":7}');
    else answerJson(response, 202, { id: 1 });
  });
  onTestFinished(platform.stop);
  const { call, upstream, services } = platform;
  const runs = async (flow: string) => services.store.runs.listRuns({ flowId: flow, limit: 10 });
  const begin = async (flow: string): Promise<string> => {
    const started = await call('POST', `/api/flows/${flow}/triggers/manual/run`, { body: { body: null } });
    return (started.body as { readonly runId: string }).runId;
  };
  const asked = async (count: number): Promise<readonly string[]> => {
    await vi.waitFor(() => expect(upstream.received.length).toBeGreaterThanOrEqual(count), 20_000);
    return upstream.received.map(({ body }) => /"(http[^"]*callbacks[^"]*)"/.exec(String(body))?.[1] ?? '');
  };
  const ended = async (flow: string, status: string) =>
    vi.waitFor(async () => expect((await runs(flow)).map((run) => run.status)).toEqual([status]), 20_000);
  const outputs = async (runId: string, action: string, iteration = ''): Promise<unknown> =>
    JSON.parse((await services.store.runs.findAction({ runId, action, iteration }))?.outputs ?? 'null');
  return { ...platform, begin, asked, ended, outputs };
}

function send(url: string, body: unknown, method = 'POST'): Promise<number> {
  const headers = { 'content-type': 'application/json', 'x-approver': 'somebody' };
  return fetch(url, { method, headers, ...(method === 'POST' && { body: JSON.stringify(body) }) }).then(
    ({ status }) => status,
  );
}

const httpWebhook = (host: string, more: JsonObject = {}): JsonObject => ({
  type: 'HttpWebhook',
  inputs: {
    subscribe: { method: 'POST', uri: `http://${host}/orders`, body: { url: '@{listCallbackUrl()}' } },
    unsubscribe: { method: 'DELETE', uri: `http://${host}/orders/@{action().outputs.body.id}` },
  },
  ...more,
});

const triggers = { manual: { type: 'Request', kind: 'Http' } };

it('goes on with what a signed address is sent, once', async () => {
  const { deploy, begin, asked, ended, outputs, upstream } = await start();
  const flow = await deploy({
    triggers,
    actions: {
      'Wait for it': httpWebhook(upstream.host),
      Pause: {
        type: 'Wait',
        inputs: { interval: { count: 1, unit: 'Hour' } },
        runAfter: { 'Wait for it': ['Succeeded'] },
      },
    },
  });
  const runId = await begin(flow);
  const [url = ''] = await asked(1);
  expect(new URL(url).pathname.startsWith(`/callbacks/${flow}/${runId}/Wait%20for%20it/-/`)).toBe(true);
  expect(await send(`${url.slice(0, -4)}AAAA`, {})).toBe(401);
  expect(await send(url.replace('/-/', '/000000/'), {})).toBe(401);
  expect(await send(url, {}, 'GET')).toBe(405);
  expect(await send(url, { approved: true })).toBe(200);
  // 409 until the run has taken the first one, 410 from then on: who is quicker is open.
  expect([409, 410]).toContain(await send(url, { approved: false }));
  await vi.waitFor(
    async () =>
      expect(await outputs(runId, 'Wait for it')).toMatchObject({
        statusCode: 200,
        headers: { 'x-approver': 'somebody', 'content-type': 'application/json' },
        body: { approved: true },
      }),
    20_000,
  );
  await ended(flow, 'Waiting');
});

it('waits in every item of a loop, and tells who comes late that nobody waits', async () => {
  const { deploy, begin, asked, ended, outputs, upstream } = await start();
  const flow = await deploy({
    triggers,
    actions: {
      Each: {
        type: 'Foreach',
        foreach: '@range(1, 3)',
        actions: { Wait_for_it: httpWebhook(upstream.host) },
        runAfter: {},
      },
    },
  });
  const runId = await begin(flow);
  const urls = await asked(3);
  expect(await Promise.all(urls.map((url) => send(url, url.split('/').at(-2))))).toEqual([200, 200, 200]);
  await ended(flow, 'Succeeded');
  const bodies = await Promise.all(['000000', '000001', '000002'].map((at) => outputs(runId, 'Wait_for_it', at)));
  expect(bodies).toMatchObject([{ body: '000000' }, { body: '000001' }, { body: '000002' }]);
  expect(await send(urls[0] ?? '', 'late')).toBe(410);
});

it('takes a limit for an end, and gives back what was asked for', async () => {
  const { deploy, begin, asked, ended, upstream } = await start();
  const flow = await deploy({
    triggers,
    actions: { Wait_for_it: httpWebhook(upstream.host, { limit: { timeout: 'PT5S' } }) },
  });
  await begin(flow);
  const [url = ''] = await asked(1);
  await ended(flow, 'Failed');
  expect(upstream.received.map(({ method, target }) => `${method} ${target}`)).toEqual([
    'POST /orders',
    'DELETE /orders/1',
  ]);
  expect(await send(url, {})).toBe(410);
});

it('asks by an operation that takes the address, and gives back where the API said, as the connection', async () => {
  const { begin, asked, ended, outputs, upstream, call } = await start();
  const definition = eventsDefinition(upstream.host);
  const paths = definition['paths'] as JsonObject;
  const connector = nameOf(
    await call('POST', `${powerApps}/apis`, {
      properties: {
        ...eventsProperties,
        openApiDefinition: {
          ...definition,
          paths: {
            ...paths,
            '/approvals': {
              post: {
                operationId: 'StartAndWait',
                summary: 'Start and wait',
                parameters: [
                  {
                    name: 'body',
                    in: 'body',
                    schema: {
                      type: 'object',
                      properties: {
                        title: { type: 'string' },
                        notificationUrl: {
                          type: 'string',
                          'x-ms-notification-url': true,
                          'x-ms-visibility': 'internal',
                        },
                      },
                    },
                  },
                ],
                responses: { 201: { description: 'Started.' } },
              },
            },
          },
        },
      },
    }),
  );
  const connection = 'fedcba9876543210fedcba9876543210';
  nameOf(
    await call('PUT', `${powerApps}/apis/${connector}/connections/${connection}`, {
      properties: { displayName: 'Events', connectionParameters: { api_key: 'events-key' } },
    }),
  );
  const deployed = nameOf(
    await call('POST', flows, {
      properties: {
        displayName: 'Approves',
        definition: {
          triggers,
          actions: {
            Approve: {
              type: 'OpenApiConnectionWebhook',
              inputs: {
                host: {
                  apiId: `${powerApps}/apis/${connector}`,
                  connectionName: 'events',
                  operationId: 'StartAndWait',
                },
                parameters: { 'body/title': 'Leave' },
              },
              runAfter: {},
            },
            Again: {
              type: 'ApiConnectionWebhook',
              inputs: {
                host: { connection: { referenceName: 'events' } },
                path: '/approvals',
                body: { NotificationUrl: '@{listCallbackUrl()}' },
              },
              runAfter: { Approve: ['Succeeded'] },
            },
          },
        },
        connectionReferences: { events: { connectionName: connection, id: `${powerApps}/apis/${connector}` } },
      },
    }),
  );
  const runId = await begin(deployed);
  const [first = ''] = await asked(1);
  expect(JSON.parse(String(upstream.received[0]?.body))).toEqual({ title: 'Leave', notificationUrl: first });
  expect(await send(first, { outcome: 'Approve' })).toBe(200);
  await vi.waitFor(async () => expect(await outputs(runId, 'Approve')).toMatchObject({ body: { outcome: 'Approve' } }));
  await asked(2);
  await call('POST', `${flows}/${deployed}/runs/${runId}/cancel`);
  await ended(deployed, 'Cancelled');
  expect(upstream.received.map(({ method, target, headers }) => `${method} ${target} ${headers['x-api-key']}`)).toEqual(
    ['POST /v1/approvals events-key', 'POST /v1/approvals events-key', 'DELETE /v1/approvals/7 events-key'],
  );
});

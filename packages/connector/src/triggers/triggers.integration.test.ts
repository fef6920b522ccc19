import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type JsonObject, type JsonValue, readConnector } from '@patchbay/definition';
import { createEgress } from '@patchbay/egress';
import { expect, it, onTestFinished } from 'vitest';
import { compile } from '../compile.ts';
import type { CallOptions } from '../contract.ts';
import { locate } from './follow-location.ts';
import { type PollState, pollTrigger } from './poll.ts';
import { subscribeTrigger, unsubscribeTrigger } from './subscribe.ts';
import type { TriggerRequest } from './trigger-request.ts';

type Received = { readonly line: string; readonly headers: IncomingMessage['headers']; readonly body: string };
type Answering = (received: Received, response: ServerResponse, origin: string) => void;

/** A real API, its connector, and what it was asked. */
async function start(answer: Answering, paths: JsonObject, policies: readonly JsonObject[] = [], basePath = '/v1') {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const one = { line: `${request.method} ${request.url}`, headers: request.headers, body };
      received.push(one);
      answer(one, response, origin);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const egress = createEgress({ timeoutMs: 5_000 });
  onTestFinished(async () => {
    await egress.close();
    await new Promise((closed) => server.close(closed));
  });
  const { model } = readConnector({
    definition: {
      name: 'def.json',
      content: JSON.stringify({
        swagger: '2.0',
        info: { title: 'T', version: '1' },
        host: new URL(origin).host,
        basePath,
        schemes: ['http'],
        paths,
      }),
    },
    properties: {
      name: 'props.json',
      content: JSON.stringify({ properties: { connectionParameters: {}, policyTemplateInstances: policies } }),
    },
  });
  if (model === undefined) throw new Error('not read');
  const options: CallOptions = {
    credential: { kind: 'none' },
    egress,
    networkRules: { allow: ['loopback'] },
    connectionParameters: { host: `${origin}/tenant` },
  };
  const connector = compile(model);
  const request = (operationId: string): TriggerRequest => ({ kind: 'operation', operationId, parameters: {} });
  const poll = (state: PollState | null, operationId = 'Poll') =>
    pollTrigger(connector, model, request(operationId), state, options);
  return { connector, options, received, origin, request, poll };
}

function json(
  response: ServerResponse,
  body: JsonValue,
  headers: { readonly [name: string]: string } = {},
  status = 200,
) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

const responses = { 200: { description: 'Good', schema: { type: 'object' } } };
const since = { name: 'since', in: 'query', type: 'string' };
const list = (batch = true): JsonObject => ({
  '/list': {
    get: { operationId: 'Poll', 'x-ms-trigger': batch ? 'batch' : 'single', parameters: [since], responses },
  },
});

function policy(templateId: string, parameters: JsonObject, operations?: readonly string[]): JsonObject {
  const named = Object.entries(parameters).map(([name, value]) => [`x-ms-apimTemplateParameter.${name}`, value]);
  return {
    templateId,
    title: '',
    parameters: {
      ...(Object.fromEntries(named) as JsonObject),
      ...(operations !== undefined && { 'x-ms-apimTemplate-operationName': operations }),
    },
  };
}

const polling = policy('pollingtrigger', {
  triggerConfig: { since: '@{triggerBody().data[0].at}', 'x-ms-triggerConfig-nextLink': 'next' },
  triggerDataPath: '@triggerBody().data',
});

it('follows further pages as long as everything on them is new', async () => {
  const pages: { [page: string]: JsonValue } = {
    '1': [
      { id: 6, at: 'f' },
      { id: 5, at: 'e' },
    ],
    '2': [
      { id: 4, at: 'd' },
      { id: 1, at: 'a' },
    ],
    '3': [{ id: 0, at: '0' }],
  };
  const { poll, received } = await start(
    ({ line }, response, origin) => {
      const page = new URL(line.slice(4), origin).searchParams.get('page') ?? '1';
      json(response, { data: pages[page] ?? [], next: `${origin}/v1/list?page=${Number(page) + 1}`, total: 9 });
    },
    list(),
    [polling],
  );
  const first = await poll(null);
  if (first.kind !== 'polled') throw new Error('refused');
  expect(first.outputs).toBeUndefined();
  expect(first.state.parameters).toEqual({ since: 'f' });
  expect(received).toHaveLength(1);
  pages['1'] = [
    { id: 8, at: 'h' },
    { id: 7, at: 'g' },
  ];
  pages['2'] = [
    { id: 6, at: 'f' },
    { id: 4, at: 'd' },
  ];
  const second = await poll(first.state);
  if (second.kind !== 'polled') throw new Error('refused');
  expect(received.map(({ line }) => line)).toEqual(['GET /v1/list', 'GET /v1/list?since=f', 'GET /v1/list?page=2']);
  // What the policy asks for is what is new, so 4 on a page that follows is: nobody saw it before.
  expect(second.outputs?.['body']).toMatchObject({
    total: 9,
    data: [{ id: 8 }, { id: 7 }, { id: 4 }],
  });
  expect(second.state.parameters).toEqual({ since: 'h' });
});

it('keeps its state over answers with nothing in them', async () => {
  const answers: JsonValue[] = [{ data: [] }, { data: [{ id: 1, at: 'a' }] }, { data: [] }, { other: 1 }];
  const { poll, received } = await start((_received, response) => json(response, answers.shift() ?? null), list(), [
    polling,
  ]);
  let state: PollState | null = null;
  const outputs: unknown[] = [];
  for (let round = 0; round < 4; round += 1) {
    const polled = await poll(state);
    if (polled.kind !== 'polled') throw new Error('refused');
    state = polled.state;
    outputs.push(polled.outputs?.['body']);
  }
  // Nothing was there at the first look, so what comes then is new.
  expect(outputs).toEqual([undefined, { data: [{ id: 1, at: 'a' }] }, undefined, undefined]);
  expect(received.map(({ line }) => line.split('?')[1])).toEqual([undefined, undefined, 'since=a', 'since=a']);
});

it('gives each item of a list that is answered again and again once, after a first look', async () => {
  const feed: { items: JsonValue } = { items: [{ id: 1 }] };
  const { poll } = await start((_received, response) => json(response, { items: feed.items }), list());
  const first = await poll(null);
  if (first.kind !== 'polled') throw new Error('refused');
  expect(first.outputs).toBeUndefined();
  feed.items = [{ id: 2 }, { id: 1 }];
  expect(await poll(first.state)).toMatchObject({ outputs: { statusCode: 200, body: { items: [{ id: 2 }] } } });
});

it.each([
  ['200 of a single trigger', 200, {}, { n: 1 }, { n: 1 }],
  ['202', 202, {}, null, undefined],
  ['204', 204, {}, null, undefined],
  ['200 with a Location, also at first', 200, { location: '/v1/list?triggerState=1' }, [1], [1]],
] as const)('takes the API at its word: %s', async (what, status, headers, body, expected) => {
  const { poll } = await start(
    (_received, response) => {
      if (body === null) response.writeHead(status, headers).end();
      else json(response, body, headers, status);
    },
    list(what.includes('Location')),
  );
  const polled = await poll(null);
  expect(polled.kind === 'polled' ? polled.outputs?.['body'] : polled).toEqual(expected);
});

it('says what refused it, and where to ask next no more than the API does', async () => {
  const { poll } = await start((_received, response) => response.writeHead(429, { 'retry-after': '7' }).end(), list());
  expect(await poll({ seen: ['x'] })).toMatchObject({
    kind: 'refused',
    answer: { statusCode: 429, headers: { 'retry-after': '7' } },
  });
});

const hook: JsonObject = {
  '/hooks': {
    'x-ms-notification-content': { schema: { type: 'object' } },
    post: {
      operationId: 'Subscribe',
      'x-ms-trigger': 'single',
      parameters: [
        {
          name: 'request',
          in: 'body',
          schema: {
            type: 'object',
            properties: {
              to: { type: 'object', properties: { 'the/url': { type: 'string', 'x-ms-notification-url': true } } },
            },
          },
        },
      ],
      responses,
    },
  },
};
const subscribing = { callbackUrl: 'https://p.test/n/1', secret: 's', isLinked: false };

it('writes its address where the operation says, whichever way the flow asks', async () => {
  const { connector, options, received, request } = await start((_received, response) => json(response, {}), hook);
  await subscribeTrigger(connector, request('Subscribe'), subscribing, options);
  const raw = { kind: 'connection-request', method: 'POST', path: '/hooks', queries: {}, headers: {} } as const;
  await subscribeTrigger(connector, { ...raw, body: { kept: 1, to: { also: 2 } } }, subscribing, options);
  expect(received.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
    { to: { 'the/url': 'https://p.test/n/1' } },
    { kept: 1, to: { also: 2, 'the/url': 'https://p.test/n/1' } },
  ]);
});

it.each([
  ['a host that a policy chose for all', [policy('dynamichosturl', { urlTemplate: "@connectionParameters('host')" })]],
  [
    'a host that a policy chose for subscribing only',
    [policy('dynamichosturl', { urlTemplate: "@connectionParameters('host')" }, ['Subscribe'])],
  ],
] as const)('gives a subscription back at %s, with what acts on every operation', async (_what, host) => {
  const key = policy('setheader', { name: 'X-Key', value: 'k', existsAction: 'override' });
  const { connector, options, received, request } = await start(
    (_received, response, origin) => json(response, {}, { location: `${origin}/tenant/hooks/a%2Fb?x=%20` }, 201),
    hook,
    [...host, key],
  );
  const { state } = await subscribeTrigger(connector, request('Subscribe'), subscribing, options);
  await unsubscribeTrigger(connector, state, options);
  expect(received.map(({ line, headers }) => [line, headers['x-key']])).toEqual([
    ['POST /tenant/hooks', 'k'],
    ['DELETE /tenant/hooks/a%2Fb?x=%20', 'k'],
  ]);
});

it('has nobody to tell where the API gave no Location', async () => {
  const { connector, options, received, request } = await start((_received, response) => json(response, {}), hook);
  const { state } = await subscribeTrigger(connector, request('Subscribe'), subscribing, options);
  expect(state).toEqual({ operationId: 'Subscribe' });
  expect(await unsubscribeTrigger(connector, state, options)).toBeUndefined();
  expect(received).toHaveLength(1);
});

const refused = 'refused';
it.each([
  ['/v1/hooks/1', 'https://api.test/v1/hooks/1'],
  ['hooks/1', 'https://api.test/v1/hooks/1'],
  ['https://api.test/v1/hooks/1?a=b#c', 'https://api.test/v1/hooks/1?a=b'],
  ['https://here.test/apim/x/c1/hooks/1', 'https://here.test/apim/x/c1/hooks/1'],
  ['https://api.test/v1', 'https://api.test/v1'],
  ['https://api.test/v10/hooks', refused],
  ['https://api.test/v1/../admin', refused],
  ['https://api.test/v1/%2e%2e/admin', refused],
  ['https://api.test.evil.test/v1/hooks', refused],
  ['https://evil.test/v1/hooks', refused],
  ['//evil.test/v1/hooks', refused],
  ['http://api.test/v1/hooks', refused],
  ['https://api.test:8443/v1/hooks', refused],
  ['https://user:secret@api.test/v1/hooks', refused],
  ['https://api.test@evil.test/v1/', refused],
  ['\\\\evil.test\\v1', refused],
  ['javascript:alert(1)', refused],
  ['file:///etc/passwd', refused],
  ['http://[', refused],
])('follows the Location %s to %s', (location, expected) => {
  const { model } = readConnector({
    definition: {
      name: 'def.json',
      content: JSON.stringify({
        swagger: '2.0',
        info: { title: 'T', version: '1' },
        host: 'api.test',
        basePath: '/v1',
        schemes: ['https'],
        paths: hook,
      }),
    },
  });
  if (model === undefined) throw new Error('not read');
  const follow = (): string => {
    const sent = { url: 'https://api.test/v1/hooks', path: '/hooks' };
    try {
      return locate(compile(model), location, sent, 'https://here.test/apim/x/c1').url;
    } catch (error) {
      expect(error).toMatchObject({ code: 'location-refused' });
      return refused;
    }
  };
  expect(follow()).toBe(expected);
});

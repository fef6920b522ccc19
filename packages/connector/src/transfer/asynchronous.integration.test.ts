import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { pollConnectionAction, sendConnectionAction } from '../connection-action.ts';
import { startApi, startServer } from './test-api/start-api.ts';

/** An API that takes a job on, and has its answer at the n-th poll. */
function worker(
  location: string,
  polls: number,
  headers: { readonly [name: string]: string } = { 'retry-after': '0' },
) {
  let asked = 0;
  return (request: IncomingMessage, response: ServerResponse): void => {
    if (request.method === 'GET') asked += 1;
    if (request.method === 'POST' || asked < polls) {
      response.writeHead(202, { ...headers, ...(location !== '' && { location }) }).end('{"state": "working"}');
    } else response.setHeader('content-type', 'application/json').end(JSON.stringify({ asked }));
  };
}

it('asks at the Location with the credential and the policies until there is an answer', async () => {
  const { connector, options, seen } = await startApi(worker('/v1/status/1?t=x', 3));
  const result = await connector.operation('StartJob').call({}, { ...options, headers: { 'idempotency-key': 'i1' } });
  const connection = { 'x-key': 'k1', 'x-tenant': 'library' };
  const poll = { line: 'GET /v1/status/1?t=x', ...connection };
  expect({ statusCode: result.statusCode, body: result.body, seen }).toEqual({
    statusCode: 200,
    body: { asked: 3 },
    seen: [{ line: 'POST /v1/jobs', ...connection, 'idempotency-key': 'i1' }, poll, poll, poll],
  });
});

it('shows each poll in its trace', async () => {
  const { connector, options, origin } = await startApi(worker('/v1/status/1?t=x', 2));
  const { trace, result } = await connector.operation('StartJob').explain({}, { ...options, send: true });
  const statusOf = (after: unknown) => (after as { readonly statusCode: number }).statusCode;
  const shown = trace
    .filter(({ step }) => step === 'transport')
    .map(({ name, before, after }) => [name, before, statusOf(after)]);
  expect([shown, result?.body]).toEqual([
    [
      ['poll 1', { method: 'GET', url: `${origin}/v1/status/1` }, 202],
      ['poll 2', { method: 'GET', url: `${origin}/v1/status/1` }, 200],
      [undefined, { method: 'POST', url: `${origin}/v1/jobs` }, 200],
    ],
    { asked: 2 },
  ]);
});

it.each([
  ['the caller does not want to wait', '/v1/status/1', { disableAsyncPattern: true }],
  ['it says not where to ask', '', {}],
])('a 202 is the answer when %s', async (_why, location, more) => {
  const { connector, options, seen } = await startApi(worker(location, 1));
  const result = await connector.operation('StartJob').call({}, { ...options, ...more });
  expect([result.statusCode, result.body, seen.length]).toEqual([202, { state: 'working' }, 1]);
});

it('goes where the last answer says', async () => {
  const { connector, options, seen } = await startApi((request, response) => {
    if (request.url === '/v1/jobs') response.writeHead(202, { location: 'status/1', 'retry-after': '0' }).end();
    else if (request.url === '/v1/status/1') response.writeHead(202, { location: '2', 'retry-after': '0' }).end();
    else response.writeHead(404).end();
  });
  const result = await connector.operation('StartJob').call({}, options);
  expect([result.statusCode, seen.map(({ line }) => line)]).toEqual([
    404,
    ['POST /v1/jobs', 'GET /v1/status/1', 'GET /v1/status/2'],
  ]);
});

it('asks on another host without the credential and the policies', async () => {
  const queue = await startServer(worker('', 1));
  const { connector, options } = await startApi(worker(`${queue.origin}/jobs/1`, 1));
  const result = await connector.operation('StartJob').call({}, options);
  expect([result.body, queue.seen]).toEqual([{ asked: 1 }, [{ line: 'GET /jobs/1' }]]);
});

it('refuses to take the credential to what is not the connector’s', async () => {
  const { connector, options, origin, seen } = await startApi(worker('/admin/jobs', 1));
  await expect(connector.operation('StartJob').call({}, options)).rejects.toMatchObject({
    code: 'location-refused',
    message: `The API answered with the Location ${origin}/admin/jobs, which is not below ${origin}/v1: the connection’s credential does not go there.`,
  });
  expect(seen.length).toBe(1);
});

it.each([
  ['asks to wait longer than the call has', { 'retry-after': '3600' }, 60_000, 1],
  ['does not say when to ask, which is every twenty seconds', {}, 15_000, 1],
  ['never has an answer', { 'retry-after': '0' }, 350, 4],
])('gives up when the API %s', async (_why, headers, timeoutMs, requests) => {
  const { connector, options, origin, seen } = await startApi(worker('/v1/status/1?t=x', 1000, headers));
  await expect(connector.operation('StartJob').call({}, { ...options, timeoutMs })).rejects.toMatchObject({
    code: 'answer-pending',
    message: `The API has taken the call on and had no answer within ${timeoutMs / 1000} seconds. It says to ask for it at ${origin}/v1/status/1.`,
  });
  expect(seen.length).toBeLessThanOrEqual(requests);
});

it('stops waiting when the caller does', async () => {
  const stop = new AbortController();
  const { connector, options, seen } = await startApi((request, response) => {
    worker('/v1/status/1', 1000, { 'retry-after': '60' })(request, response);
    response.once('finish', () => setImmediate(() => stop.abort()));
  });
  const calling = connector.operation('StartJob').call({}, { ...options, signal: stop.signal });
  await expect(calling).rejects.toMatchObject({ code: 'transport-failed', evidence: 'aborted' });
  expect(seen.length).toBe(1);
});

it('renews a token that expires while the API works', async () => {
  const answer = worker('/v1/status/1', 1);
  const { connector, options, seen } = await startApi((request, response) => {
    if (request.method === 'GET' && request.headers['x-key'] === 'k1') response.writeHead(401).end();
    else answer(request, response);
  });
  const credential = { kind: 'apiKey', in: 'header', name: 'x-key', value: 'k2' } as const;
  const result = await connector
    .operation('StartJob')
    .call({}, { ...options, renewCredential: () => Promise.resolve(credential) });
  expect([result.body, seen.map((one) => `${one.line} ${one['x-key']}`)]).toEqual([
    { asked: 1 },
    ['POST /v1/jobs k1', 'GET /v1/status/1 k1', 'GET /v1/status/1 k2'],
  ]);
});

it('can be asked once for the answer of a call of before, by operation or by path', async () => {
  const { connector, options, origin, seen } = await startApi(worker('2?t=y', 2));
  const operation = connector.operation('StartJob');
  const first = await operation.poll({}, '/v1/status/1?t=x', options);
  const second = await operation.poll({}, first.headers['location'] ?? '', options);
  const action = { method: 'POST', path: '/jobs', queries: {}, headers: {} };
  const waiting = await sendConnectionAction(connector, action, { ...options, disableAsyncPattern: true });
  const third = await pollConnectionAction(connector, action, '/v1/status/1', options);
  expect([first.statusCode, first.headers['location'], second.body, waiting.statusCode, third.body]).toEqual([
    202,
    `${origin}/v1/status/2?t=y`,
    { asked: 2 },
    202,
    { asked: 3 },
  ]);
  const connection = { 'x-key': 'k1', 'x-tenant': 'library' };
  expect(seen).toEqual([
    { line: 'GET /v1/status/1?t=x', ...connection },
    { line: 'GET /v1/status/2?t=y', ...connection },
    { line: 'POST /v1/jobs', ...connection },
    { line: 'GET /v1/status/1', ...connection },
  ]);
});

it('takes an answer that comes in parts where it was asked for', async () => {
  const { connector, options, seen } = await startApi((request, response) => {
    if (request.method === 'POST') response.writeHead(202, { location: '/v1/results/1', 'retry-after': '0' }).end();
    else if (request.headers.range === undefined) {
      response.writeHead(206, { 'content-type': 'text/plain', 'content-range': 'bytes 0-2/5' }).end('abc');
    } else response.writeHead(206, { 'content-range': 'bytes 3-4/5' }).end('de');
  });
  const result = await connector.operation('StartJob').call({}, options);
  expect([result.statusCode, result.body, seen.map(({ line, range }) => [line, range])]).toEqual([
    200,
    'abcde',
    [
      ['POST /v1/jobs', undefined],
      ['GET /v1/results/1', undefined],
      ['GET /v1/results/1', 'bytes=3-4'],
    ],
  ]);
});

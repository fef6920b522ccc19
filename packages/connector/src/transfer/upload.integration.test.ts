import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { sendConnectionAction } from '../connection-action.ts';
import { sendHttpAction } from '../http-action.ts';
import { startApi, startServer } from './test-api/start-api.ts';

const text = 'abcdefghijklmnopqrstuvwxyz';

type Upload = {
  /** The `Location` that takes the chunks. */
  readonly location?: string;
  readonly chunkSize?: string;
  /** What the n-th chunk is answered with, in place of all that came. */
  readonly answers?: { readonly [chunk: number]: { readonly status?: number; readonly range?: string | null } };
};

/** The receiving side of the protocol: keeps what it is sent. */
function receiver({ location = '/v1/uploads/1?sig=s', chunkSize, answers = {} }: Upload = {}) {
  const kept: Buffer[] = [];
  let chunks = 0;
  const answer = (request: IncomingMessage & { readonly body: Buffer }, response: ServerResponse): void => {
    if (chunkSize !== undefined) response.setHeader('x-ms-chunk-size', chunkSize);
    if (request.headers['x-ms-transfer-mode'] === 'chunked') {
      if (location !== '') response.setHeader('location', location);
      response.end();
      return;
    }
    chunks += 1;
    const { status = 200, range } = answers[chunks] ?? {};
    const taken = /0-(\d+)/.exec(range ?? '')?.[1];
    const before = kept.reduce((size, one) => size + one.length, 0);
    if (status === 200)
      kept.push(request.body.subarray(0, taken === undefined ? undefined : Number(taken) + 1 - before));
    const last = kept.reduce((size, one) => size + one.length, 0) - 1;
    if (range !== null) response.setHeader('range', range ?? `bytes=0-${last}`);
    response.statusCode = status;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ chunks }));
  };
  return { answer, kept: () => Buffer.concat(kept).toString() };
}

it('sends a body in chunks, each with the credential and what policies put on requests', async () => {
  const { answer, kept } = receiver({ chunkSize: '10' });
  const { connector, options, seen } = await startApi(answer);
  const result = await connector
    .operation('AddFile')
    .call({ body: text }, { ...options, contentTransfer: {}, headers: { 'idempotency-key': 'i1' } });
  expect({ result: { ...result, headers: undefined }, kept: kept(), seen }).toEqual({
    result: { statusCode: 200, headers: undefined, body: { chunks: 3 } },
    kept: text,
    seen: [
      {
        line: 'POST /v1/files',
        'x-key': 'k1',
        'x-tenant': 'library',
        'x-ms-transfer-mode': 'chunked',
        'x-ms-content-length': '26',
        'idempotency-key': 'i1',
      },
      ...['0-9', '10-19', '20-25'].map((range, index) => ({
        line: 'PATCH /v1/uploads/1?sig=s',
        'x-key': 'k1',
        'x-tenant': 'library',
        'content-range': `bytes=${range}/26`,
        'content-type': 'text/plain',
        bodyBytes: index === 2 ? 6 : 10,
      })),
    ],
  });
});

it('sends a request of a flow’s own in chunks as it does an operation', async () => {
  const { answer, kept } = receiver({ chunkSize: '20' });
  const { connector, options, seen } = await startApi(answer);
  const action = { method: 'POST', path: '/files', queries: {}, headers: { 'Content-Type': 'text/csv' }, body: text };
  const result = await sendConnectionAction(connector, action, { ...options, contentTransfer: {} });
  expect([result.statusCode, result.body, kept(), seen.map(({ line }) => line)]).toEqual([
    200,
    { chunks: 2 },
    text,
    ['POST /v1/files', 'PATCH /v1/uploads/1?sig=s', 'PATCH /v1/uploads/1?sig=s'],
  ]);
  expect(seen[1]).toEqual({
    line: 'PATCH /v1/uploads/1?sig=s',
    'x-key': 'k1',
    'x-tenant': 'library',
    'content-range': 'bytes=0-19/26',
    'content-type': 'text/csv',
    bodyBytes: 20,
  });
});

it('sends the body of an Http action in chunks, with what authenticates it at its own origin only', async () => {
  const elsewhere = receiver();
  const store = await startServer(elsewhere.answer);
  const own = receiver({ chunkSize: '20' });
  const away = receiver({ location: `${store.origin}/store/1?sig=s` });
  const here = await startServer((request, response) =>
    (request.url?.startsWith('/away') === true ? away : own).answer(request, response),
  );
  const { egress, options } = await startApi(() => undefined);
  const send = (path: string) =>
    sendHttpAction(
      {
        method: 'PUT',
        uri: `${here.origin}${path}`,
        queries: {},
        headers: { 'x-key': 'k2', 'content-type': 'text/plain' },
        body: text,
        contentTransfer: {},
      },
      { egress, networkRules: options.networkRules, timeoutMs: 10_000, signal: new AbortController().signal },
    );
  expect([await send('/own').then(({ body }) => body), own.kept()]).toEqual([{ chunks: 2 }, text]);
  expect([await send('/away').then(({ body }) => body), elsewhere.kept()]).toEqual([{ chunks: 1 }, text]);
  expect({ here: here.seen.map((one) => [one.line, one['x-key']]), store: store.seen }).toEqual({
    here: [
      ['PUT /own', 'k2'],
      ['PATCH /v1/uploads/1?sig=s', 'k2'],
      ['PATCH /v1/uploads/1?sig=s', 'k2'],
      ['PUT /away', 'k2'],
    ],
    store: [
      { line: 'PATCH /store/1?sig=s', 'content-range': 'bytes=0-25/26', 'content-type': 'text/plain', bodyBytes: 26 },
    ],
  });
});

it.each<[string, Upload, { readonly uploadChunkBytes?: number }, readonly string[]]>([
  [
    'goes on from where the API got',
    { chunkSize: '10', answers: { 2: { range: 'bytes=0-14' } } },
    {},
    ['0-9', '10-19', '15-24', '25-25'],
  ],
  ['takes silence for all that was sent', { chunkSize: '20', answers: { 1: { range: null } } }, {}, ['0-19', '20-25']],
  ['sends no more at a time than was asked for', { chunkSize: '100' }, { uploadChunkBytes: 15 }, ['0-14', '15-25']],
  ['sends no more at a time than the API suggests', { chunkSize: '20' }, { uploadChunkBytes: 25 }, ['0-19', '20-25']],
  ['takes a size that is none for no suggestion', { chunkSize: '-3' }, {}, ['0-25']],
])('%s', async (_name, upload, contentTransfer, ranges) => {
  const { answer, kept } = receiver(upload);
  const { connector, options, seen } = await startApi(answer);
  await connector.operation('AddFile').call({ body: text }, { ...options, contentTransfer });
  expect([kept(), seen.slice(1).map((one) => one['content-range'])]).toEqual([
    text,
    ranges.map((range) => `bytes=${range}/26`),
  ]);
});

it.each<[string, Upload, string, string]>([
  [
    'has no place for chunks',
    { location: '' },
    'transfer-failed',
    'The API answered 200 without a Location to send the chunks to: it takes no body in chunks.',
  ],
  [
    'does not get on',
    { answers: { 1: { range: 'bytes=0-25' }, 2: {} }, chunkSize: '10' },
    'transfer-failed',
    'The API was sent bytes 0 to 9 and answered that it has "bytes=0-25". The upload cannot go on from there.',
  ],
  [
    'lost what it had',
    { answers: { 2: { range: 'bytes=0-4' } }, chunkSize: '10' },
    'transfer-failed',
    'The API was sent bytes 10 to 19 and answered that it has "bytes=0-4". The upload cannot go on from there.',
  ],
  [
    'speaks of something else',
    { answers: { 1: { range: 'items=3' } } },
    'transfer-failed',
    'The API was sent bytes 0 to 25 and answered that it has "items=3". The upload cannot go on from there.',
  ],
  [
    'leads out of the connector’s path',
    { location: '/v2/uploads' },
    'location-refused',
    'The API answered with the Location {origin}/v2/uploads, which is not below {origin}/v1: the connection’s credential does not go there.',
  ],
  [
    'leads out of it by an encoding',
    { location: '/v1/%2e%2e%2fv2/uploads' },
    'location-refused',
    'The API answered with the Location {origin}/v1/%2e%2e%2fv2/uploads, which is not below {origin}/v1: the connection’s credential does not go there.',
  ],
  [
    'leads to no address',
    { location: 'ftp://files.test/1' },
    'location-refused',
    'The API answered with the Location "ftp://files.test/1", which is no address.',
  ],
])('fails when the API %s', async (_name, upload, code, message) => {
  const { connector, options, origin } = await startApi(receiver(upload).answer);
  const calling = connector.operation('AddFile').call({ body: text }, { ...options, contentTransfer: {} });
  await expect(calling).rejects.toMatchObject({ code, message: message.replaceAll('{origin}', origin) });
});

it('keeps a Location away from addresses that the network rules do not let out', async () => {
  const { connector, options } = await startApi(receiver({ location: 'http://169.254.169.254/uploads' }).answer);
  const calling = connector.operation('AddFile').call({ body: text }, { ...options, contentTransfer: {} });
  await expect(calling).rejects.toMatchObject({ code: 'transport-failed', evidence: 'address-refused' });
});

it('sends chunks to another host without the credential and the policies', async () => {
  const { answer, kept } = receiver();
  const store = await startServer(answer);
  const { connector, options, seen } = await startApi(receiver({ location: `${store.origin}/v1/u?sig=s` }).answer);
  const result = await connector.operation('AddFile').call({ body: text }, { ...options, contentTransfer: {} });
  expect([result.body, kept(), seen.map(({ line }) => line), store.seen]).toEqual([
    { chunks: 1 },
    text,
    ['POST /v1/files'],
    [{ line: 'PATCH /v1/u?sig=s', 'content-range': 'bytes=0-25/26', 'content-type': 'text/plain', bodyBytes: 26 }],
  ]);
});

it('answers with what a chunk is refused with', async () => {
  const { connector, options, seen } = await startApi(
    receiver({ chunkSize: '10', answers: { 2: { status: 507 } } }).answer,
  );
  const result = await connector.operation('AddFile').call({ body: text }, { ...options, contentTransfer: {} });
  expect([result.statusCode, result.body, seen.length]).toEqual([507, { chunks: 2 }, 3]);
});

it('answers with what the wish for chunks is refused with', async () => {
  const { connector, options, seen } = await startApi((_request, response) => response.writeHead(411).end());
  const result = await connector.operation('AddFile').call({ body: text }, { ...options, contentTransfer: {} });
  expect([result.statusCode, seen.length]).toEqual([411, 1]);
});

it.each([
  ['the operation does not declare it', 'AddNote', { contentTransfer: {} }],
  ['nobody asks for it', 'AddFile', {}],
])('sends a body in one piece when %s', async (_why, operationId, asked) => {
  const { connector, options, seen } = await startApi((_request, response) => response.end());
  await connector.operation(operationId).call({ body: text }, { ...options, ...asked });
  expect(seen.map(({ bodyBytes }) => bodyBytes)).toEqual([26]);
});

it('keeps to the sizes that an operation declares', async () => {
  const limits = { chunkTransfer: true, minimumUploadChunkSizeInMB: 2, maximumUploadChunkSizeInMB: 3 };
  const { answer, kept } = receiver();
  const { connector, options, seen } = await startApi(answer, limits);
  const megabyte = 1024 * 1024;
  const big = 'x'.repeat(4 * megabyte);
  const sizes = async (uploadChunkBytes: number) => {
    await connector.operation('AddFile').call({ body: big }, { ...options, contentTransfer: { uploadChunkBytes } });
    return seen.splice(0).flatMap(({ bodyBytes }) => (bodyBytes === undefined ? [] : [Number(bodyBytes) / megabyte]));
  };
  expect([await sizes(megabyte), kept().length]).toEqual([[2, 2], big.length]);
});

it('renews a token that expires between chunks, and goes on with the new one', async () => {
  const { answer, kept } = receiver({ chunkSize: '10' });
  const { connector, options, seen } = await startApi((request, response) => {
    const isLate = request.headers['content-range']?.startsWith('bytes=1') === true;
    if (isLate && request.headers['x-key'] === 'k1') response.writeHead(401).end();
    else answer(request, response);
  });
  const credential = { kind: 'apiKey', in: 'header', name: 'x-key', value: 'k2' } as const;
  const renewing = { ...options, renewCredential: () => Promise.resolve(credential), contentTransfer: {} };
  const result = await connector.operation('AddFile').call({ body: text }, renewing);
  expect([result.body, kept(), seen.map((one) => `${one['content-range']} ${one['x-key']}`)]).toEqual([
    { chunks: 3 },
    text,
    ['undefined k1', 'bytes=0-9/26 k1', 'bytes=10-19/26 k1', 'bytes=10-19/26 k2', 'bytes=20-25/26 k2'],
  ]);
});

it('carries a key that stands in the query to the Location, in place of one that is there', async () => {
  const { answer, kept } = receiver({ location: '/v1/uploads?key=old&sig=s' });
  const { connector, options, seen } = await startApi(answer);
  const credential = { kind: 'apiKey', in: 'query', name: 'key', value: 'k&1' } as const;
  await connector.operation('AddFile').call({ body: text }, { ...options, credential, contentTransfer: {} });
  expect([kept(), seen.map(({ line }) => line)]).toEqual([
    text,
    ['POST /v1/files?key=k%261', 'PATCH /v1/uploads?sig=s&key=k%261'],
  ]);
});

it('shows every request of an upload in its trace, without the query of the Location', async () => {
  const { connector, options, origin } = await startApi(receiver({ chunkSize: '20' }).answer);
  const { trace } = await connector
    .operation('AddFile')
    .explain({ body: text }, { ...options, contentTransfer: {}, send: true });
  const shown = trace.filter(({ step }) => step === 'transport').map(({ name, before }) => [name, before]);
  expect(shown).toEqual([
    ['begin upload', { method: 'POST', url: `${origin}/v1/files` }],
    ['chunk 0-19/26', { method: 'PATCH', url: `${origin}/v1/uploads/1` }],
    ['chunk 20-25/26', { method: 'PATCH', url: `${origin}/v1/uploads/1` }],
    [undefined, { method: 'POST', url: `${origin}/v1/files` }],
  ]);
});

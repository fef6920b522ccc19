import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { sendConnectionAction } from '../connection-action.ts';
import { sendHttpAction } from '../http-action.ts';
import { startApi } from './test-api/start-api.ts';

const text = 'abcdefghijklmnopqrstuvwxyz';

type Download = {
  readonly text?: string;
  /** What comes of a request that asks for no range. */
  readonly first?: number;
  readonly etag?: string;
  /** In place of the size in `Content-Range`. */
  readonly total?: string;
  /** What the n-th request is answered with in place of the part. */
  readonly answers?: { readonly [asked: number]: (response: ServerResponse) => void };
};

/** An API that gives ranges, and begins with one even when nobody asks for a range. */
function giver({ text: whole = text, first = 10, etag = '"v1"', total, answers = {} }: Download = {}) {
  let asked = 0;
  return (request: IncomingMessage, response: ServerResponse): void => {
    asked += 1;
    const instead = answers[asked];
    if (instead !== undefined) {
      instead(response);
      return;
    }
    const [, start = '0', end = String(first - 1)] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    if (Number(start) >= whole.length) {
      response.writeHead(416, { 'content-range': `bytes */${whole.length}` }).end();
      return;
    }
    const part = whole.slice(Number(start), Number(end) + 1);
    part206(response, `bytes ${start}-${Number(start) + part.length - 1}/${total ?? whole.length}`, part, { etag });
  };
}

function part206(response: ServerResponse, range: string, part: string, headers: OutgoingHttpHeaders = {}): void {
  response.writeHead(206, { 'content-type': 'text/plain', 'content-range': range, ...headers }).end(part);
}

it('makes one answer of parts, asked for with the credential, and with what tells that they are of one whole', async () => {
  const { connector, options, seen } = await startApi(giver());
  const result = await connector.operation('GetFile').call({}, options);
  const { date: _, ...headers } = result.headers;
  const asked = { line: 'GET /v1/files', 'x-key': 'k1', 'x-tenant': 'library' };
  expect({ ...result, headers, seen }).toEqual({
    statusCode: 200,
    headers: {
      'content-type': 'text/plain',
      'content-length': '26',
      etag: '"v1"',
      connection: 'keep-alive',
      'keep-alive': 'timeout=5',
    },
    body: text,
    seen: [
      asked,
      { ...asked, range: 'bytes=10-19', 'if-range': '"v1"' },
      { ...asked, range: 'bytes=20-25', 'if-range': '"v1"' },
    ],
  });
});

it('makes one answer of parts for a request of a flow’s own and for an Http action too', async () => {
  const { connector, options, origin, egress } = await startApi(giver());
  const action = { method: 'GET', path: '/files', queries: {}, headers: {} };
  const sent = await sendConnectionAction(connector, action, options);
  const { networkRules } = options;
  const way = { egress, networkRules, timeoutMs: 10_000, signal: new AbortController().signal };
  const http = await sendHttpAction({ method: 'GET', uri: `${origin}/v1/files`, queries: {}, headers: {} }, way);
  expect([sent, http].map(({ statusCode, body }) => [statusCode, body])).toEqual([
    [200, text],
    [200, text],
  ]);
});

it('asks for parts of the size that the caller wants', async () => {
  const { connector, options, seen } = await startApi(giver());
  const result = await connector
    .operation('GetFile')
    .call({}, { ...options, contentTransfer: { downloadChunkBytes: 12 } });
  expect([result.statusCode, result.body, seen.map(({ range }) => range)]).toEqual([
    200,
    text,
    ['bytes=0-11', 'bytes=12-23', 'bytes=24-25'],
  ]);
});

it.each<[string, Download, readonly (string | undefined)[], string]>([
  ['of a weak entity tag makes no condition', { etag: 'W/"v1"' }, [undefined, undefined, undefined], text],
  ['whose size is not known comes to an end', { total: '*' }, [undefined, '"v1"', '"v1"', '"v1"'], text],
  [
    'whose size is not known ends with a refusal when its parts come out even',
    { total: '*', text: 'x'.repeat(20) },
    [undefined, '"v1"', '"v1"'],
    'x'.repeat(20),
  ],
  ['that is one part is whole', { first: 26 }, [undefined], text],
  [
    'that was changed comes whole',
    { answers: { 2: (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('other') } },
    [undefined, '"v1"'],
    'other',
  ],
])('an answer %s', async (_name, download, conditions, body) => {
  const { connector, options, seen } = await startApi(giver(download));
  const result = await connector.operation('GetFile').call({}, options);
  expect([result.statusCode, result.body, seen.map((one) => one['if-range'])]).toEqual([200, body, conditions]);
});

const sent =
  (range: string, part: string, headers: OutgoingHttpHeaders = {}) =>
  (response: ServerResponse) =>
    part206(response, range, part, headers);

it.each<[string, Download, string]>([
  [
    'of another version',
    { etag: 'W/"1"', answers: { 2: sent('bytes 10-19/26', 'klmnopqrst', { etag: 'W/"2"' }) } },
    'What is downloaded was changed meanwhile: its parts are not of one whole. Call again.',
  ],
  [
    'of a whole of another size',
    { answers: { 2: sent('bytes 10-19/30', 'klmnopqrst') } },
    'What is downloaded was changed meanwhile: its parts are not of one whole. Call again.',
  ],
  [
    'that was not asked for',
    { answers: { 2: sent('bytes 11-20/26', 'lmnopqrstu') } },
    'The API was asked for bytes from 10 on and answered with "bytes 11-20/26".',
  ],
  [
    'that says nothing of itself',
    { answers: { 2: (response) => response.writeHead(206).end('x') } },
    'The API was asked for bytes from 10 on and answered with "no Content-Range".',
  ],
  [
    'that is shorter than it says',
    { answers: { 2: sent('bytes 10-19/26', 'klm') } },
    'A part that should hold bytes 10 to 19 came with 3 bytes.',
  ],
])('fails for a part %s', async (_name, download, message) => {
  const { connector, options } = await startApi(giver(download));
  await expect(connector.operation('GetFile').call({}, options)).rejects.toMatchObject({
    code: 'transfer-failed',
    message,
  });
});

it('answers with what a part is refused with', async () => {
  const { connector, options } = await startApi(giver({ answers: { 2: (response) => response.writeHead(503).end() } }));
  const { statusCode } = await connector.operation('GetFile').call({}, options);
  expect(statusCode).toBe(503);
});

it('takes no more in parts than in one piece', async () => {
  const { connector, options, seen, origin } = await startApi(giver({ text: 'x'.repeat(10_000) }));
  const calling = connector.operation('GetFile').call({}, { ...options, maxResponseBytes: 9999 });
  await expect(calling).rejects.toMatchObject({
    code: 'transport-failed',
    evidence: 'response-too-large',
    message: `The answer of ${new URL(origin).host} is larger than 9999 bytes.`,
  });
  expect(seen.length).toBe(1);
});

it.each<[string, Download, { readonly Range?: string }, string]>([
  ['that the caller asked for', {}, { Range: 'bytes=0-4' }, 'abcde'],
  ['that is none of bytes', { answers: { 1: sent('items 0-2/9', 'abc') } }, {}, 'abc'],
  ['that does not begin at the beginning', { answers: { 1: sent('bytes 3-5/9', 'abc') } }, {}, 'abc'],
])('leaves a part %s as it is', async (_name, download, parameters, body) => {
  const { connector, options, seen } = await startApi(giver(download));
  const result = await connector.operation('GetFile').call(parameters, options);
  expect([result.statusCode, result.body, seen.length]).toEqual([206, body, 1]);
});

it('has nothing of an empty file, of which there is no part', async () => {
  const isAsked = (request: IncomingMessage) => request.headers.range !== undefined;
  const { connector, options, seen } = await startApi((request, response) =>
    isAsked(request)
      ? response.writeHead(416, { 'content-range': 'bytes */0' }).end()
      : response.writeHead(200, { 'content-type': 'text/plain' }).end(),
  );
  const result = await connector
    .operation('GetFile')
    .call({}, { ...options, contentTransfer: { downloadChunkBytes: 10 } });
  expect([result.statusCode, result.body, seen.map(({ range }) => range)]).toEqual([
    200,
    null,
    ['bytes=0-9', undefined],
  ]);
});

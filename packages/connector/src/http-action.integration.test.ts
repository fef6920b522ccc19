import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { ClientTokens } from '@patchbay/credential';
import { createEgress, type TlsOptions } from '@patchbay/egress';
import { expect, it, onTestFinished } from 'vitest';
import { type HttpAction, type HttpActionOptions, sendHttpAction } from './http-action.ts';

type Asked = { readonly line: string; readonly headers: IncomingHttpHeaders; readonly body: string };
type Answer = {
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string | readonly string[] };
  readonly bytes?: Buffer;
  readonly body: unknown;
};

async function start(answer: (asked: Asked, origin: string) => Answer) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>)).toString();
    const one = { line: `${request.method} ${request.url}`, headers: request.headers, body };
    asked.push(one);
    const { status = 200, headers, bytes, body: text } = answer(one, origin);
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(bytes ?? JSON.stringify(text));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const egress = createEgress();
  onTestFinished(async () => {
    await egress.close();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  const options: HttpActionOptions = {
    egress,
    networkRules: { allow: ['loopback'] },
    timeoutMs: 10_000,
    signal: new AbortController().signal,
  };
  const send = (path: string, more: Partial<HttpAction> = {}, further: Partial<HttpActionOptions> = {}) =>
    sendHttpAction(
      { method: 'GET', uri: origin + path, queries: {}, headers: {}, ...more },
      { ...options, ...further },
    );
  return { asked, origin, egress, send };
}

it('leaves a query as it is written and adds to it percent-encoded', async () => {
  const { asked, send } = await start(() => ({ body: {} }));
  await send("/a?$filter=name%20eq%20'x'&b", { queries: { 'api-version': '1.0', q: 'a b+c', n: null, t: true } });
  await send('/a', { queries: { ä: 'ö' } });
  await send('/a?x=1+2');
  expect(asked.map(({ line }) => line)).toEqual([
    'GET /a?$filter=name%20eq%20%27x%27&b&api-version=1.0&q=a%20b%2Bc&t=True',
    'GET /a?%C3%A4=%C3%B6',
    'GET /a?x=1+2',
  ]);
});

it('sends the cookie of its own member, and no header field that the action may not set', async () => {
  const { asked, send } = await start(() => ({ body: {} }));
  const headers = { Cookie: 'no', Host: 'other.test', 'Content-Length': '3', 'Accept-Language': 'de', 'X-Own': 'yes' };
  await send('/a', { cookie: 'a=1; b=2', headers });
  const seen: IncomingHttpHeaders = asked[0]?.headers ?? {};
  expect([seen.cookie, seen.host?.startsWith('127.0.0.1'), seen['accept-language'], seen['x-own']]).toEqual([
    'a=1; b=2',
    true,
    undefined,
    'yes',
  ]);
});

it('puts a body of parts together, with a boundary where none is given', async () => {
  const { asked, send } = await start(() => ({ body: {} }));
  const part = { headers: { 'Content-Disposition': 'form-data; name="a"' }, body: 'x' };
  const body = { '$content-type': 'multipart/form-data', $multipart: [part] };
  await send('/a', { method: 'POST', body, headers: { 'Content-Type': 'multipart/form-data' } });
  await send('/a', { method: 'POST', body, headers: { 'Content-Type': 'multipart/form-data; boundary=b' } });
  const boundary = /boundary=(part-\w+)$/.exec(asked[0]?.headers['content-type'] ?? '')?.[1] ?? 'none';
  const text = '\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n--';
  expect(asked.map((one) => [one.headers['content-type'], one.body])).toEqual([
    [`multipart/form-data; boundary=${boundary}`, `--${boundary}${text}${boundary}--\r\n`],
    ['multipart/form-data; boundary=b', `--b${text}b--\r\n`],
  ]);
});

it('tells the cookies that an address sets, several in one field', async () => {
  const { send } = await start(({ line }) => ({
    ...(line === 'GET /two' && { headers: { 'set-cookie': ['a=1; Path=/', 'b=2'] } }),
    body: {},
  }));
  const cookies = [await send('/two'), await send('/none')].map(({ headers }) => headers['set-cookie']);
  expect(cookies).toEqual(['a=1; Path=/,b=2', undefined]);
});

it('decodes an answer unless it is to be kept as it comes', async () => {
  const zipped = gzipSync('{"a":1}');
  const { send } = await start(() => ({ headers: { 'content-encoding': 'gzip' }, bytes: zipped, body: {} }));
  const kept = await send('/a', { keepsEncoding: true });
  expect([(await send('/a')).body, kept.headers['content-encoding'], kept.body]).toEqual([
    { a: 1 },
    'gzip',
    { '$content-type': 'application/json', $content: zipped.toString('base64') },
  ]);
});

const pages: { readonly [path: string]: (origin: string) => Answer } = {
  '/odata': (origin) => ({ body: { value: [1, 2], '@odata.nextLink': `${origin}/odata?page=2` } }),
  '/odata?page=2': (origin) => ({ body: { value: [3, 4], '@odata.nextLink': `${origin}/odata?page=3` } }),
  '/odata?page=3': () => ({ body: { value: [5] } }),
  '/azure': () => ({ body: { value: [1], nextLink: '/azure?skip=1' } }),
  '/azure?skip=1': () => ({ body: { value: [2] } }),
  '/link': (origin) => ({ body: [1], headers: { link: `<${origin}/link?p=2>; rel="next"` } }),
  '/link?p=2': () => ({ body: [2] }),
  '/away': () => ({ body: { value: [1], nextLink: 'https://elsewhere.test/more' } }),
  '/refused': () => ({ body: { value: [1], nextLink: '/none' } }),
  '/none': () => ({ status: 404, body: { why: 'gone' } }),
  '/alone': () => ({ body: { value: [1] } }),
};

it.each<[string, string, number | undefined, unknown]>([
  ['the first page only unless told', '/odata', undefined, ['@odata.nextLink', [1, 2]]],
  ['as many pages as it takes', '/odata', 3, ['@odata.nextLink', [1, 2, 3, 4]]],
  ['all pages there are', '/odata', 100, ['', [1, 2, 3, 4, 5]]],
  ['pages after a relative link', '/azure', 100, ['', [1, 2]]],
  ['pages after a Link header field', '/link', 100, ['', [1, 2]]],
  ['the one page of what has no more', '/alone', 100, ['', [1]]],
])('gives %s', async (_name, path, minimumItemCount, expected) => {
  const { send } = await start(({ line }, origin) => pages[line.slice(4)]?.(origin) ?? { status: 500, body: {} });
  const { body } = await send(path, minimumItemCount === undefined ? {} : { minimumItemCount });
  const link = Object.keys(body as object).find((name) => name.endsWith('nextLink')) ?? '';
  expect([link, Array.isArray(body) ? body : (body as { readonly value: unknown }).value]).toEqual(expected);
});

it('follows no link to another host, and gives the answer of a page that fails', async () => {
  const { send } = await start(({ line }, origin) => pages[line.slice(4)]?.(origin) ?? { status: 500, body: {} });
  await expect(send('/away', { minimumItemCount: 9 })).rejects.toMatchObject({ code: 'page-refused' });
  expect(await send('/refused', { minimumItemCount: 9 })).toMatchObject({ statusCode: 404, body: { why: 'gone' } });
});

it('asks Entra ID for a token of the client, keeps it, and asks anew when it is refused', async () => {
  let tokens = 0;
  const { asked, origin, send } = await start(({ line }) => {
    if (!line.startsWith('POST /tenant/oauth2/token')) return { status: line === 'GET /refuses' ? 401 : 200, body: {} };
    tokens += 1;
    return { body: { access_token: `t${tokens}`, token_type: 'Bearer', expires_in: '3600' } };
  });
  const authentication = {
    type: 'ActiveDirectoryOAuth',
    authority: `${origin}/`,
    tenant: 'tenant',
    audience: 'https://api.test/',
    clientId: 'me',
    secret: 's3cret',
  };
  const kept = new ClientTokens();
  for (const path of ['/one', '/two', '/refuses', '/three']) await send(path, { authentication }, { tokens: kept });
  await send('/four', { authentication });
  expect(asked.map(({ line, headers, body }) => [line, headers.authorization ?? body])).toEqual([
    [
      'POST /tenant/oauth2/token',
      'resource=https%3A%2F%2Fapi.test%2F&grant_type=client_credentials&client_id=me&client_secret=s3cret',
    ],
    ['GET /one', 'Bearer t1'],
    ['GET /two', 'Bearer t1'],
    ['GET /refuses', 'Bearer t1'],
    ['POST /tenant/oauth2/token', expect.any(String)],
    ['GET /three', 'Bearer t2'],
    ['POST /tenant/oauth2/token', expect.any(String)],
    ['GET /four', 'Bearer t3'],
  ]);
});

it.each([
  [{ type: 'ManagedServiceIdentity' }, 'security-unsupported', /only Azure gives/],
  [{ type: 'Kerberos' }, 'security-unsupported', /"Kerberos" is not supported/],
  [{ type: 'ClientCertificate' }, 'credential-invalid', /"pfx"/],
  [
    { type: 'ActiveDirectoryOAuth', tenant: 't', clientId: 'c', pfx: 'x' },
    'oauth-settings-invalid',
    /Give it a secret/,
  ],
])('says what is wrong with %j', async (authentication, code, message) => {
  const { asked, send } = await start(() => ({ body: {} }));
  await expect(send('/a', { authentication })).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message) as string,
  });
  expect(asked).toEqual([]);
});

const missing = spawnSync('openssl', ['version']).status === 0 ? undefined : 'openssl is not installed';

it.skipIf(missing !== undefined)('shows the certificate of an archive, and of a text in PEM', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-pfx-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const openssl = (...given: readonly string[]): void => {
    const { status, stderr } = spawnSync('openssl', given, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  };
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...ec,
    '-keyout',
    'key',
    '-out',
    'pem',
    '-subj',
    '/CN=client',
    '-days',
    '2',
    '-addext',
    'subjectAltName=IP:127.0.0.1',
  );
  openssl('pkcs12', '-export', '-inkey', 'key', '-in', 'pem', '-out', 'pfx', '-passout', 'pass:word');
  const [key, pem] = ['key', 'pem'].map((name) => readFileSync(join(folder, name), 'utf8'));
  const server = createTlsServer(
    { key, cert: pem, requestCert: true, rejectUnauthorized: false },
    (request, response) => response.end((request.socket as TLSSocket).getPeerCertificate().subject?.CN ?? 'nobody'),
  );
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { egress, send } = await start(() => ({ body: {} }));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // The server's certificate is its own authority.
  const trusting = {
    ...egress,
    close: () => egress.close(),
    send: (request: Parameters<typeof egress.send>[0], rules: Parameters<typeof egress.send>[1]) =>
      egress.send({ ...request, tls: { ...(request.tls as TlsOptions), authorities: pem ?? '' } }, rules),
  };
  const uri = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const archive = readFileSync(join(folder, 'pfx')).toString('base64');
  const bodies = await Promise.all(
    [
      { type: 'ClientCertificate', pfx: archive, password: 'word' },
      { type: 'ClientCertificate', pfx: `${pem}${key}` },
      { type: 'None' },
    ].map(async (authentication) => (await send('', { uri, authentication }, { egress: trusting })).body),
  );
  // Without a media type what comes is bytes.
  expect(bodies.map((body) => Buffer.from((body as { $content: string }).$content, 'base64').toString())).toEqual([
    'client',
    'client',
    'nobody',
  ]);
});

import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { ResolvedAddress } from './connector-lookup.ts';
import type { EgressRequest, NetworkRules } from './contract.ts';
import { createEgress, type EgressOptions, type Refusal } from './egress.ts';
import { EgressError } from './errors.ts';
import { nextHop } from './redirect.ts';

const nothing: NetworkRules = { allow: [] };

/** Only 127.0.0.2 is open: what gets past the guard reaches 127.0.0.1, where every request is counted. */
const neighbour: NetworkRules = { allow: ['127.0.0.2/32'] };

/** Names as an attacker's own name server would answer them. */
const names: Readonly<Record<string, readonly string[]>> = {
  'localhost.': ['127.0.0.1'],
  localhost: ['127.0.0.1', '::1'],
  'metadata.google.internal': ['169.254.169.254'],
  'metadata.google.internal.': ['169.254.169.254'],
  'instance-data.ec2.internal': ['169.254.169.254'],
  'ipv6-metadata.test': ['fd00:ec2::254'],
  'inside.test': ['10.0.0.7'],
  'mapped.test': ['::ffff:127.0.0.1'],
  'nat64.test': ['64:ff9b::7f00:1'],
  'zone.test': ['fe80::1%lo'],
  'half.test': ['93.184.216.34', '127.0.0.1'],
  'other-half.test': ['2606:2800:220:1:248:1893:25c8:1946', '::1'],
  'name-for-address.test': ['not-an-address'],
  'decimal-answer.test': ['2130706433'],
};

type Peer = { readonly port: number; readonly seen: readonly IncomingMessage[] };

async function listen(address: string, port: number, answer: RequestListener): Promise<Peer> {
  const seen: IncomingMessage[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    seen.push(request);
    answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(port, address, listening));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise<void>((closed) => server.close(() => closed()));
  });
  return { port: (server.address() as AddressInfo).port, seen };
}

/** What must never be reached. */
const honeypot = (): Promise<Peer> => listen('127.0.0.1', 0, (_request, response) => response.end('caught'));

const resolveNames = async (hostname: string): Promise<readonly ResolvedAddress[]> =>
  (names[hostname] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

function open(options: EgressOptions = {}) {
  const refusals: Refusal[] = [];
  const egress = createEgress({ resolve: resolveNames, onRefused: (refusal) => refusals.push(refusal), ...options });
  onTestFinished(() => egress.close());
  return { egress, refusals };
}

async function failureOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('it was sent'),
    (reason: unknown) => reason,
  );
  return error instanceof EgressError ? error.code : String(error);
}

/** `PORT` stands for the honeypot's. */
const addresses: readonly (readonly [url: string, code: string])[] = [
  // IPv4 in every spelling that the URL standard reads.
  ['http://127.0.0.1:PORT/', 'address-refused'],
  ['http://127.0.0.1.:PORT/', 'address-refused'],
  ['http://127.1:PORT/', 'address-refused'],
  ['http://127.0.1:PORT/', 'address-refused'],
  ['http://2130706433:PORT/', 'address-refused'],
  ['http://2130706433.:PORT/', 'address-refused'],
  ['http://0x7f000001:PORT/', 'address-refused'],
  ['http://0x7F.0.0.0x1:PORT/', 'address-refused'],
  ['http://0177.0.0.1:PORT/', 'address-refused'],
  ['http://017700000001:PORT/', 'address-refused'],
  ['http://0000177.0x0.0.01:PORT/', 'address-refused'],
  ['http://127.255.255.254:PORT/', 'address-refused'],
  ['http://0:PORT/', 'address-refused'],
  ['http://0.0.0.0:PORT/', 'address-refused'],
  ['http://%31%32%37.0.0.1:PORT/', 'address-refused'],
  ['http://①②⑦.⓪.⓪.①:PORT/', 'address-refused'],
  ['http://１２７.０.０.１:PORT/', 'address-refused'],
  ['http://127。0。0。1:PORT/', 'address-refused'],
  ['http:\\\\127.0.0.1:PORT\\', 'address-refused'],
  ['http:127.0.0.1:PORT/', 'address-refused'],
  ['ht\ntp://127.0.\t0.1:PORT/', 'address-refused'],
  ['http://4294967296:PORT/', 'url-invalid'],
  ['http://0x100000000:PORT/', 'url-invalid'],
  ['http://127.0.0.256:PORT/', 'url-invalid'],
  ['http://0xa.0x1.2.3/', 'address-refused'],
  ['http://0300.0250.1.1/', 'address-refused'],
  ['http://2886729729/', 'address-refused'],
  ['http://192.0.0.8/', 'address-refused'],
  ['http://192.0.2.1/', 'address-refused'],
  ['http://192.88.99.1/', 'address-refused'],
  ['http://198.51.100.1/', 'address-refused'],
  ['http://203.0.113.1/', 'address-refused'],
  ['http://240.0.0.1/', 'address-refused'],
  ['http://239.255.255.250/', 'address-refused'],
  // IPv6, and IPv4 within it.
  ['http://[::1]:PORT/', 'address-refused'],
  ['http://[0:0:0:0:0:0:0:1]:PORT/', 'address-refused'],
  ['http://[::]:PORT/', 'address-refused'],
  ['http://[::ffff:127.0.0.1]:PORT/', 'address-refused'],
  ['http://[::ffff:7f00:1]:PORT/', 'address-refused'],
  ['http://[::FFFF:7F00:0001]:PORT/', 'address-refused'],
  ['http://[::ffff:0:127.0.0.1]:PORT/', 'address-refused'],
  ['http://[::7f00:1]:PORT/', 'address-refused'],
  ['http://[64:ff9b::127.0.0.1]:PORT/', 'address-refused'],
  ['http://[64:ff9b::a9fe:a9fe]/', 'address-refused'],
  ['http://[64:ff9b:1::7f00:1]:PORT/', 'address-refused'],
  ['http://[2002:a9fe:a9fe::]/', 'address-refused'],
  ['http://[2002:a00:1::1]/', 'address-refused'],
  ['http://[2001:0:7f00:1::]/', 'address-refused'],
  ['http://[fe80::5efe:7f00:1]/', 'address-refused'],
  ['http://[fec0::1]/', 'address-refused'],
  ['http://[fc00::1]/', 'address-refused'],
  ['http://[ff02::1]/', 'address-refused'],
  ['http://[100::1]/', 'address-refused'],
  ['http://[2001:db8::1]/', 'address-refused'],
  ['http://[3fff::1]/', 'address-refused'],
  ['http://[5f00::1]/', 'address-refused'],
  ['http://[fe80::1%25lo]:PORT/', 'url-invalid'],
  ['http://[fe80::1%lo]:PORT/', 'url-invalid'],
  ['http://[::1]%00.test:PORT/', 'url-invalid'],
  // Where clouds keep the credentials of machines.
  ['http://169.254.169.254/latest/meta-data/', 'address-refused'],
  ['http://2852039166/computeMetadata/v1/', 'address-refused'],
  ['http://0xA9FEA9FE/', 'address-refused'],
  ['http://0251.0376.0251.0376/', 'address-refused'],
  ['http://[::ffff:169.254.169.254]/', 'address-refused'],
  ['http://[fd00:ec2::254]/', 'address-refused'],
  ['http://[fe80::a9fe:a9fe]/', 'address-refused'],
  ['http://169.254.170.2/', 'address-refused'],
  ['http://100.100.100.200/', 'address-refused'],
  ['http://168.63.129.16/', 'address-refused'],
  // Names, by what they resolve to.
  ['http://localhost:PORT/', 'address-refused'],
  ['http://LOCALHOST:PORT/', 'address-refused'],
  ['http://localhost.:PORT/', 'address-refused'],
  ['http://metadata.google.internal/', 'address-refused'],
  ['http://metadata.google.internal./', 'address-refused'],
  ['http://instance-data.ec2.internal/', 'address-refused'],
  ['http://ipv6-metadata.test/', 'address-refused'],
  ['http://inside.test/', 'address-refused'],
  ['http://mapped.test:PORT/', 'address-refused'],
  ['http://nat64.test:PORT/', 'address-refused'],
  ['http://zone.test:PORT/', 'address-refused'],
  ['http://half.test:PORT/', 'address-refused'],
  ['http://other-half.test:PORT/', 'address-refused'],
  ['http://name-for-address.test:PORT/', 'address-refused'],
  ['http://decimal-answer.test:PORT/', 'address-refused'],
  // Not an address of the web, or one that says who calls.
  ['http://user@127.0.0.1:PORT/', 'url-invalid'],
  ['http://user:secret@93.184.216.34/', 'url-invalid'],
  ['http://93.184.216.34@127.0.0.1:PORT/', 'url-invalid'],
  ['http://93.184.216.34%40127.0.0.1:PORT/', 'url-invalid'],
  ['ftp://127.0.0.1:PORT/', 'url-invalid'],
  ['file:///etc/passwd', 'url-invalid'],
  ['gopher://127.0.0.1:PORT/_GET', 'url-invalid'],
  ['data:text/plain,x', 'url-invalid'],
  ['javascript:alert(1)', 'url-invalid'],
  ['ws://127.0.0.1:PORT/', 'url-invalid'],
  ['unix:/run/service.sock', 'url-invalid'],
  ['//127.0.0.1:PORT/', 'url-invalid'],
  ['127.0.0.1:PORT', 'url-invalid'],
  ['http://', 'url-invalid'],
];

it.each(addresses)('keeps in %j', async (url, code) => {
  const peer = await honeypot();
  const { egress, refusals } = open();
  const sent = egress.send({ method: 'GET', url: url.replace('PORT', String(peer.port)), headers: {} }, nothing);
  expect([await failureOf(sent), refusals.map((one) => one.code), peer.seen.length]).toEqual([code, [code], 0]);
});

/** `PORT` stands for the honeypot's; what redirects stands at another address, which the rules allow. */
const redirects: readonly (readonly [location: string, code: string])[] = [
  ['http://127.0.0.1:PORT/', 'address-refused'],
  ['//127.0.0.1:PORT/', 'address-refused'],
  ['/\\127.0.0.1:PORT/', 'address-refused'],
  ['\\\\127.0.0.1:PORT', 'address-refused'],
  ['http://2130706433:PORT/', 'address-refused'],
  ['http://0x7f.1:PORT/', 'address-refused'],
  ['http://0177.1:PORT/', 'address-refused'],
  ['http://[::ffff:127.0.0.1]:PORT/', 'address-refused'],
  ['http://[64:ff9b::7f00:1]:PORT/', 'address-refused'],
  ['http://localhost:PORT/', 'address-refused'],
  ['http://localhost.:PORT/', 'address-refused'],
  ['http://half.test:PORT/', 'address-refused'],
  ['http://metadata.google.internal/', 'address-refused'],
  ['http://169.254.169.254/latest/meta-data/', 'address-refused'],
  ['http://user:secret@127.0.0.2:PORT/', 'redirect-refused'],
  ['file:///etc/passwd', 'redirect-refused'],
  ['ftp://127.0.0.1:PORT/', 'redirect-refused'],
  ['javascript:alert(1)', 'redirect-refused'],
  ['data:text/plain,x', 'redirect-refused'],
  ['http://[fe80::1%25lo]:PORT/', 'redirect-refused'],
  ['http://', 'redirect-refused'],
  ['/again', 'too-many-redirects'],
];

it.each(redirects.flatMap(([location, code]) => [301, 307].map((status) => [status, location, code] as const)))(
  'does not follow a %d to %j',
  async (status, location, code) => {
    const peer = await honeypot();
    const { port } = await listen('127.0.0.2', 0, (_request, response) =>
      response.writeHead(status, { location: location.replace('PORT', String(peer.port)) }).end(),
    );
    const { egress, refusals } = open();
    const sent = egress.send({ method: 'GET', url: `http://127.0.0.2:${port}/`, headers: {} }, neighbour);
    expect([await failureOf(sent), refusals.map((one) => one.code), peer.seen.length]).toEqual([code, [code], 0]);
  },
);

it('does not follow a redirect from https to http', () => {
  const answer = { statusCode: 302, headers: { location: 'http://a.test/' } } as unknown as Parameters<
    typeof nextHop
  >[0];
  expect(() => nextHop(answer, new URL('https://a.test/'), 'GET', undefined)).toThrow(
    'a.test redirected from https to http (a.test).',
  );
});

it('connects to the address that it checked, and checks again when a name is bound anew', async () => {
  const peer = await honeypot();
  const allowed = await listen('127.0.0.2', peer.port, (_request, response) =>
    response.writeHead(200, { connection: 'close' }).end('ok'),
  );
  let asked = 0;
  const { egress, refusals } = open({
    resolve: async () => {
      asked += 1;
      return [{ address: asked === 1 ? '127.0.0.2' : '127.0.0.1', family: 4 }];
    },
  });
  const request: EgressRequest = { method: 'GET', url: `http://rebind.test:${peer.port}/`, headers: {} };
  await (await egress.send(request, neighbour)).bytes();
  expect({ asked, allowed: allowed.seen.length, caught: peer.seen.length }).toEqual({
    asked: 1,
    allowed: 1,
    caught: 0,
  });
  expect(await failureOf(egress.send(request, neighbour))).toBe('address-refused');
  expect({ asked, allowed: allowed.seen.length, caught: peer.seen.length }).toEqual({
    asked: 2,
    allowed: 1,
    caught: 0,
  });
  expect(refusals).toEqual([
    {
      code: 'address-refused',
      method: 'GET',
      host: 'rebind.test',
      message:
        "rebind.test resolves to 127.0.0.1, which is a loopback address, and the environment's network rules do not allow it. If it is meant to be reached, an administrator adds it to the network rules.",
    },
  ]);
});

it('does not use a connection that other rules opened', async () => {
  const peer = await listen('127.0.0.1', 0, (_request, response) => response.end('ok'));
  const { egress } = open();
  const request: EgressRequest = { method: 'GET', url: `http://localhost:${peer.port}/`, headers: {} };
  await (await egress.send(request, { allow: ['loopback'] })).bytes();
  expect(await failureOf(egress.send(request, nothing))).toBe('address-refused');
  expect(peer.seen.length).toBe(1);
});

const smuggled: readonly (readonly [name: string, value: string])[] = [
  ['x-a', 'b\r\nx-c: d'],
  ['x-a', 'b\nx-c: d'],
  ['x-a', 'b\rx-c: d'],
  ['x-a', 'b\r\n\r\nGET /admin HTTP/1.1\r\nHost: inside'],
  ['x-a', 'b\0c'],
  ['x-a', 'b\u010ax-c: d'],
  ['x-a', 'b\u560d\u560ax-c: d'],
  ['x-a\r\nx-c', 'd'],
  ['x-a: b\r\nx-c', 'd'],
  ['x a', 'b'],
  ['x-a:', 'b'],
  ['x-\u212a', 'b'],
  ['', 'b'],
  ['transfer-encoding ', 'chunked'],
  ['transfer-encoding\t', 'chunked'],
];

it.each(smuggled)('sends no header %j with %j', async (name, value) => {
  const peer = await listen('127.0.0.2', 0, (_request, response) => response.end());
  const { egress, refusals } = open();
  const url = `http://127.0.0.2:${peer.port}/`;
  expect(await failureOf(egress.send({ method: 'GET', url, headers: { [name]: value } }, neighbour))).toBe(
    'header-invalid',
  );
  expect([refusals.map((one) => one.code), peer.seen.length]).toEqual([['header-invalid'], 0]);
});

it.each(['GET /admin HTTP/1.1\r\nx:', 'GE T', 'GET\n', ''])('sends no method %j', async (method) => {
  const peer = await listen('127.0.0.2', 0, (_request, response) => response.end());
  const { egress, refusals } = open();
  const url = `http://127.0.0.2:${peer.port}/`;
  expect(await failureOf(egress.send({ method, url, headers: {} }, neighbour))).toBe('url-invalid');
  expect([refusals.map((one) => one.code), peer.seen.length]).toEqual([['url-invalid'], 0]);
});

it('frames the message itself, whatever the headers say', async () => {
  const bodies: string[] = [];
  const peer = await listen('127.0.0.2', 0, async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    bodies.push(body);
    response.end();
  });
  const { egress } = open();
  const headers = {
    Host: 'inside.test',
    'Content-Length': '0',
    'TRANSFER-ENCODING': 'chunked',
    Connection: 'x-kept',
    Upgrade: 'h2c',
    'Proxy-Authorization': 'Basic x',
    Expect: '100-continue',
    'X-Kept': '1',
  };
  const url = `http://127.0.0.2:${peer.port}/a%0d%0aX-B:%20c?d=\r\ne`;
  const body = '0\r\n\r\nGET /admin HTTP/1.1\r\nHost: inside\r\n\r\n';
  await (await egress.send({ method: 'POST', url, headers, body }, neighbour)).discard();
  expect(bodies).toEqual([body]);
  expect(peer.seen.map(({ url: target, headers: sent }) => [target, sent])).toEqual([
    [
      '/a%0d%0aX-B:%20c?d=e',
      {
        host: `127.0.0.2:${peer.port}`,
        connection: 'keep-alive',
        'content-length': String(body.length),
        'x-kept': '1',
      },
    ],
  ]);
});

it.each([301, 302, 303, 307, 308])('takes no credential to another origin on a %d, nor back', async (status) => {
  const headers = {
    AUTHORIZATION: 'Bearer t',
    Cookie: 'session=1',
    'X-Api-Key': 'k',
    'x-plain': 'p',
  };
  const seen = ({
    headers: { authorization, cookie, 'x-api-key': key, 'x-plain': plain, referer },
  }: IncomingMessage) => ({
    authorization,
    cookie,
    key,
    plain,
    referer,
  });
  const origins = { first: '', second: '' };
  const first = await listen('127.0.0.2', 0, (request, response) => {
    if (request.url === '/') response.writeHead(status, { location: `${origins.second}/` }).end();
    else response.end();
  });
  const second = await listen('127.0.0.2', 0, (_request, response) => {
    response.writeHead(status, { location: `${origins.first}/back` }).end();
  });
  origins.first = `http://127.0.0.2:${first.port}`;
  origins.second = `http://127.0.0.2:${second.port}`;
  const { egress } = open();
  const request = { method: 'GET', url: `${origins.first}/`, headers, credentialHeaders: ['x-API-key'] };
  await (await egress.send(request, neighbour)).discard();
  expect(first.seen.map(seen)).toEqual([
    { authorization: 'Bearer t', cookie: 'session=1', key: 'k', plain: 'p', referer: undefined },
    { plain: 'p' },
  ]);
  expect(second.seen.map(seen)).toEqual([{ plain: 'p' }]);
});

it('tells of no failure that is not a refusal', async () => {
  const { egress, refusals } = open();
  const url = 'http://127.0.0.2:1/';
  expect(await failureOf(egress.send({ method: 'GET', url, headers: {} }, neighbour))).toBe('connection-refused');
  expect(await failureOf(egress.send({ method: 'GET', url: 'http://unknown.test/', headers: {} }, neighbour))).toBe(
    'name-not-found',
  );
  expect(refusals).toEqual([]);
});

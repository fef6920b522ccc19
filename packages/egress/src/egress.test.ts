import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import type { EgressRequest, NetworkRules } from './contract.ts';
import { createEgress, type EgressOptions } from './egress.ts';
import { EgressError } from './errors.ts';

const loopback: NetworkRules = { allow: ['loopback'] };
const nothing: NetworkRules = { allow: [] };

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise<void>((closed) => server.close(() => closed()));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function open(options: EgressOptions = {}) {
  const egress = createEgress(options);
  onTestFinished(() => egress.close());
  return egress;
}

function get(url: string, more: Partial<EgressRequest> = {}): EgressRequest {
  return { method: 'GET', url, headers: {}, ...more };
}

async function failure(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof EgressError)) throw new Error(`expected an EgressError, got ${String(error)}`);
  return `${error.code}: ${error.message}`;
}

it('answers with status, lower-case headers, cookies and body', async () => {
  const origin = await serve((_request, response) => {
    response
      .writeHead(201, { 'X-Kind': 'test', 'set-cookie': ['a=1', 'b=2'], 'content-type': 'text/plain' })
      .end('hello');
  });
  const response = await open().send(get(`${origin}/a?b=c`), loopback);
  expect(response.status).toBe(201);
  expect(response.headers['x-kind']).toBe('test');
  expect(response.setCookies).toEqual(['a=1', 'b=2']);
  expect(response.url).toBe(`${origin}/a?b=c`);
  expect(new TextDecoder().decode(await response.bytes())).toBe('hello');
});

it('sends nothing that is taken back while it waits for its connection', async () => {
  const asked: (string | undefined)[] = [];
  const origin = await serve((request, response) => {
    asked.push(request.url);
    response.end('hello');
  });
  const egress = open();
  const [code] = (await failure(egress.send(get(`${origin}/back`, { maySend: () => false }), loopback))).split(':');
  const response = await egress.send(get(`${origin}/on`, { maySend: () => true }), loopback);
  expect([code, response.status, asked]).toEqual(['aborted', 200, ['/on']]);
});

it('sends a body and drops the headers that belong to the connection', async () => {
  const origin = await serve(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { 'x-a': a, te, 'content-length': length } = request.headers;
    response.end(JSON.stringify({ a, te, length, body: Buffer.concat(chunks).toString() }));
  });
  const response = await open().send(
    { method: 'POST', url: origin, headers: { 'X-A': '1', TE: 'trailers', 'Content-Length': '999' }, body: 'abc' },
    loopback,
  );
  expect(JSON.parse(new TextDecoder().decode(await response.bytes()))).toEqual({ a: '1', length: '3', body: 'abc' });
});

it.each([
  ['http://127.0.0.1/', 'is a loopback address'],
  ['http://2130706433/', 'is a loopback address'],
  ['http://0x7f.1/', 'is a loopback address'],
  ['http://017700000001/', 'is a loopback address'],
  ['http://[::1]/', 'is a loopback address'],
  ['http://[::ffff:127.0.0.1]/', 'is a loopback address'],
  ['http://[64:ff9b::7f00:1]/', 'is a loopback address'],
  ['http://[64:ff9b:1:7f00:0:100:808:808]/', 'rfc'],
  ['http://[2002:7f00:1::]/', 'is a loopback address'],
  ['http://[fd20:ce::254]/', 'is a cloud metadata address'],
  ['http://[::127.0.0.1]/', 'is a loopback address'],
  ['http://10.1.2.3/', 'is a private address'],
  ['http://172.16.0.1/', 'is a private address'],
  ['http://192.168.1.1/', 'is a private address'],
  ['http://100.64.0.1/', 'is a private (carrier-grade NAT) address'],
  ['http://[fd12::1]/', 'is a private (unique local) address'],
  ['http://[fe80::1]/', 'is a link-local address'],
  ['http://169.254.1.1/', 'is a link-local address'],
  ['http://169.254.169.254/latest/meta-data', 'is a cloud metadata address'],
  ['http://[fd00:ec2::254]/', 'is a cloud metadata address'],
  ['http://168.63.129.16/', 'is a cloud metadata address'],
  ['http://0.0.0.0/', 'is the unspecified address'],
  ['http://224.0.0.1/', 'is a multicast address'],
  ['http://255.255.255.255/', 'is a broadcast address'],
  ['http://198.18.0.1/', 'is a reserved address'],
])('refuses %s', async (url, why) => {
  const text = await failure(open().send(get(url), nothing));
  expect(text).toMatch(/^address-refused: /);
  expect(text).toContain(why);
});

it('opens metadata addresses by their exact block only', async () => {
  const rules = { allow: ['link-local', '169.254.0.0/16', 'private', 'loopback'] };
  expect(await failure(open().send(get('http://169.254.169.254/'), rules))).toContain('cloud metadata');
});

it('refuses a name when any of its addresses is refused, before connecting', async () => {
  const egress = open({
    resolve: async () => [
      { address: '93.184.216.34', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ],
  });
  expect(await failure(egress.send(get('http://rebind.test/'), nothing))).toBe(
    "address-refused: rebind.test resolves to 10.0.0.1, which is a private address, and the environment's network rules do not allow it. If it is meant to be reached, an administrator adds it to the network rules.",
  );
});

it('resolves once and connects to the checked address', async () => {
  const origin = await serve((_request, response) => response.end('ok'));
  const answers = [[{ address: '127.0.0.1', family: 4 }], [{ address: '10.0.0.1', family: 4 }]];
  const asked: string[] = [];
  const egress = open({
    resolve: async (hostname) => {
      asked.push(hostname);
      return answers[asked.length - 1] ?? [];
    },
  });
  const response = await egress.send(get(origin.replace('127.0.0.1', 'once.test')), loopback);
  expect(new TextDecoder().decode(await response.bytes())).toBe('ok');
  expect(asked).toEqual(['once.test']);
});

it('checks a redirect to a metadata address again', async () => {
  const origin = await serve((_request, response) => {
    response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
  });
  expect(await failure(open().send(get(origin), loopback))).toBe(
    "address-refused: 169.254.169.254 is a cloud metadata address, and the environment's network rules do not allow it. If it is meant to be reached, an administrator adds it to the network rules.",
  );
});

it('drops credentials when a redirect leaves the origin and keeps them when it does not', async () => {
  const echo: RequestListener = (request, response) => {
    const { authorization, 'x-api-key': key, 'x-other': other } = request.headers;
    response.end(JSON.stringify({ authorization, key, other }));
  };
  const elsewhere = await serve(echo);
  const origin = await serve((request, response) => {
    if (request.url === '/away') response.writeHead(307, { location: `${elsewhere}/` }).end();
    else if (request.url === '/here') response.writeHead(307, { location: '/there' }).end();
    else echo(request, response);
  });
  const request = {
    headers: { Authorization: 'Basic x', 'X-Api-Key': 'k', 'X-Other': 'o' },
    credentialHeaders: ['x-api-key'],
  };
  const egress = open();
  const read = async (path: string) =>
    JSON.parse(new TextDecoder().decode(await (await egress.send(get(`${origin}${path}`, request), loopback)).bytes()));
  expect(await read('/away')).toEqual({ other: 'o' });
  expect(await read('/here')).toEqual({ authorization: 'Basic x', key: 'k', other: 'o' });
});

it('turns a redirected POST into a GET where RFC 9110 does', async () => {
  const origin = await serve((request, response) => {
    if (request.url === '/') response.writeHead(303, { location: '/seen' }).end();
    else response.end(`${request.method} ${request.headers['content-type'] ?? 'none'}`);
  });
  const response = await open().send(
    { method: 'POST', url: origin, headers: { 'content-type': 'text/plain' }, body: 'x' },
    loopback,
  );
  expect(new TextDecoder().decode(await response.bytes())).toBe('GET none');
});

it('gives up on a redirect loop', async () => {
  const origin = await serve((_request, response) => response.writeHead(302, { location: '/' }).end());
  expect(await failure(open().send(get(origin), loopback))).toBe(
    `too-many-redirects: ${origin} redirected more than 5 times.`,
  );
});

it('decodes compression and bounds what comes out of it', async () => {
  const origin = await serve((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1_000_000)));
  });
  const egress = open();
  expect((await (await egress.send(get(origin), loopback)).bytes()).length).toBe(1_000_000);
  const bounded = await egress.send(get(origin, { maxResponseBytes: 1000 }), loopback);
  expect(await failure(bounded.bytes())).toBe(
    `response-too-large: The answer of ${new URL(origin).host} is larger than 1000 bytes.`,
  );
});

it('says what went wrong: hang, reset, refusal, garbage', async () => {
  const hanging = await serve(() => undefined);
  const resetting = await serve((request) => request.socket.destroy());
  const garbage = createSocketServer((socket) => {
    socket.on('error', () => undefined).resume();
    socket.end('this is not http\r\n\r\n');
  });
  await new Promise<void>((listening) => garbage.listen(0, '127.0.0.1', listening));
  onTestFinished(() => new Promise<void>((closed) => garbage.close(() => closed())));
  const garbageOrigin = `http://127.0.0.1:${(garbage.address() as AddressInfo).port}`;
  const egress = open();
  const host = (origin: string): string => new URL(origin).host;
  expect(await failure(egress.send(get(hanging, { timeoutMs: 50 }), loopback))).toBe(
    `timed-out: ${host(hanging)} did not answer within 0.05 s.`,
  );
  expect(await failure(egress.send(get(resetting), loopback))).toBe(
    `connection-reset: ${host(resetting)} closed the connection before it had answered.`,
  );
  expect(await failure(egress.send(get('http://127.0.0.1:1/'), loopback))).toBe(
    'connection-refused: 127.0.0.1:1 refused the connection: nothing listens there.',
  );
  expect(await failure(egress.send(get(garbageOrigin), loopback))).toBe(
    `protocol-violated: ${host(garbageOrigin)} answered with something that is not HTTP.`,
  );
});

it('stops when the caller stops', async () => {
  const origin = await serve(() => undefined);
  const controller = new AbortController();
  const sent = failure(open().send(get(origin, { signal: controller.signal }), loopback));
  controller.abort();
  expect(await sent).toBe(`aborted: The request to ${new URL(origin).host} was cancelled.`);
});

it.each(['ftp://example.test/', 'http://user:pass@example.test/', 'not a url', 'file:///etc/passwd'])(
  'refuses %s',
  async (url) => {
    expect(await failure(open().send(get(url), loopback))).toMatch(/^url-invalid: /);
  },
);

it('refuses a header that would smuggle another one', async () => {
  expect(await failure(open().send(get('http://127.0.0.1:1/', { headers: { 'x-a': 'b\r\nx-c: d' } }), loopback))).toBe(
    'header-invalid: The value of the header x-a has a character that a header cannot carry.',
  );
});

/** Takes what it is given slowly, and says what came. */
function slowReader(): { readonly destination: Writable; readonly received: () => number } {
  let received = 0;
  const destination = new Writable({
    highWaterMark: 16 * 1024,
    write: (chunk: Buffer, _encoding, done) => {
      received += chunk.length;
      setImmediate(done);
    },
  });
  return { destination, received: () => received };
}

const megabytes = Buffer.alloc(3 * 1024 * 1024, 'x');

it('passes a long body on to a slow reader, whole', async () => {
  const origin = await serve((_request, response) => response.end(megabytes));
  const { destination, received } = slowReader();
  await (await open().send(get(origin), loopback)).pipe(destination);
  await finished(destination);
  expect(received()).toBe(megabytes.length);
});

it('passes on what was compressed, decoded', async () => {
  const origin = await serve((_request, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(megabytes)),
  );
  const { destination, received } = slowReader();
  const response = await open().send(get(origin), loopback);
  await response.pipe(destination);
  await finished(destination);
  expect({ headers: Object.keys(response.headers).includes('content-encoding'), received: received() }).toEqual({
    headers: false,
    received: megabytes.length,
  });
});

it('keeps the body for who asks for it late', async () => {
  const origin = await serve((_request, response) => response.end(megabytes));
  const response = await open().send(get(origin), loopback);
  await new Promise((wake) => setTimeout(wake, 50));
  expect((await response.bytes()).length).toBe(megabytes.length);
});

it('breaks off a destination when the body breaks off, and ends the exchange when the destination goes', async () => {
  const origin = await serve((request, response) => {
    response.writeHead(200, { 'content-length': '1000' }).write('half');
    if (request.url === '/broken') setTimeout(() => response.destroy(), 20);
  });
  const egress = open();
  const broken = slowReader();
  const failed = finished(broken.destination);
  await (await egress.send(get(`${origin}/broken`), loopback)).pipe(broken.destination);
  await expect(failed).rejects.toThrow('other side closed');
  const going = slowReader();
  const piped = (await egress.send(get(origin), loopback)).pipe(going.destination);
  going.destination.destroy();
  await piped;
});

it('ends a body that takes too long, whichever way it is read', async () => {
  const origin = await serve((_request, response) => void response.writeHead(200).write('and then nothing'));
  const egress = open();
  const start = () => egress.send(get(origin, { timeoutMs: 400 }), loopback);
  const host = new URL(origin).host;
  expect(await failure((await start()).bytes())).toBe(`timed-out: ${host} did not answer within 0.4 s.`);
  const { destination } = slowReader();
  const failed = finished(destination);
  await (await start()).pipe(destination);
  await expect(failed).rejects.toThrow('the exchange was ended');
  await expect(finished((await start()).stream().resume())).rejects.toThrow('the exchange was ended');
});

it('gives a body once', async () => {
  const origin = await serve((_request, response) => response.end('once'));
  const response = await open().send(get(origin), loopback);
  expect(new TextDecoder().decode(await response.bytes())).toBe('once');
  await expect(response.bytes()).rejects.toThrow();
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEgress } from '@patchbay/egress';
import { expect, it, onTestFinished } from 'vitest';
import { runCommandLine } from '../program.ts';

const secretKey = 'key-77aa-1b';

function makeFolder(host: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-mock-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const definition = {
    swagger: '2.0',
    info: { title: 'Things', version: '1' },
    host,
    basePath: '/v1',
    schemes: ['http'],
    securityDefinitions: { api_key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
    security: [{ api_key: [] }],
    paths: {
      '/things/{id}': {
        get: {
          operationId: 'GetThing',
          parameters: [{ name: 'id', in: 'path', type: 'integer', required: true }],
          responses: {
            200: {
              description: 'ok',
              schema: { type: 'object', properties: { name: { type: 'string', default: 'a' } } },
            },
          },
        },
      },
    },
  };
  writeFileSync(join(folder, 'things.json'), JSON.stringify(definition));
  return folder;
}

/** Starts the command and waits until it says where it listens. */
async function mock(folder: string, words: readonly string[]) {
  const interrupt = new AbortController();
  const printed = { out: '', err: '' };
  const { promise: listening, resolve: listens } = Promise.withResolvers<void>();
  const ended = runCommandLine(
    {
      out: (text) => {
        printed.out += text;
        listens();
      },
      err: (text) => {
        printed.err += text;
      },
      readStdin: async () => '',
      workingFolder: folder,
      configurationFolder: folder,
      environment: {},
      signal: interrupt.signal,
    },
    ['connector', 'mock', 'things.json', '--port', '0', ...words],
  );
  onTestFinished(async () => {
    interrupt.abort();
    await ended;
  });
  await Promise.race([listening, ended]);
  const base = /http:\S+/.exec(printed.out)?.[0] ?? '';
  const egress = createEgress();
  onTestFinished(() => egress.close());
  return {
    printed,
    base,
    get: async (path: string) => {
      const response = await egress.send({ method: 'GET', url: base + path, headers: {} }, { allow: ['loopback'] });
      return [response.status, new TextDecoder().decode(await response.bytes())];
    },
    stop: () => {
      interrupt.abort();
      return ended;
    },
  };
}

it('serves the API until it is interrupted, which is no failure', async () => {
  const { printed, base, get, stop } = await mock(makeFolder('api.test'), []);
  expect(await get('/things/1')).toEqual([200, '{"name":"a"}']);
  expect((await get('/things/x?a=b'))[0]).toBe(400);
  expect(await stop()).toBe(0);
  expect(printed).toEqual({
    out: `Things is mocked at ${base}\n`,
    err: 'GET /v1/things/1 200\nGET /v1/things/x?a=b 400\n',
  });
  await expect(get('/things/1')).rejects.toThrow(/refused the connection|closed the connection/);
});

it('takes several faults', async () => {
  const { get, stop } = await mock(makeFolder('api.test'), ['--fault', '500:0.5', '--fault', '429']);
  expect([(await get('/things/1'))[0], (await get('/things/1'))[0]]).toEqual([429, 500]);
  expect(await stop()).toBe(0);
});

it('records a real API into a file without secrets, and replays it', async () => {
  let count = 0;
  const api = createServer((request, response) => {
    count += 1;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ count, was: request.headers['x-key'] }));
  });
  await new Promise<void>((listening) => api.listen(0, '127.0.0.1', listening));
  onTestFinished(async () => {
    api.closeAllConnections();
    await new Promise((closed) => api.close(closed));
  });
  const folder = makeFolder(`127.0.0.1:${(api.address() as AddressInfo).port}`);
  const recording = await mock(folder, [
    '--record',
    'tape.json',
    '--connection',
    JSON.stringify({ api_key: secretKey }),
  ]);
  expect(await recording.get('/things/1')).toEqual([200, `{"count":1,"was":"${secretKey}"}`]);
  expect(await recording.get('/things/2')).toEqual([200, `{"count":2,"was":"${secretKey}"}`]);
  expect(await recording.stop()).toBe(0);
  expect(readFileSync(join(folder, 'tape.json'), 'utf8')).not.toContain(secretKey);
  const replaying = await mock(folder, ['--replay', 'tape.json']);
  expect(await replaying.get('/things/2')).toEqual([200, '{"count":2,"was":"***"}']);
  expect(await replaying.get('/things/1')).toEqual([200, '{"count":1,"was":"***"}']);
  expect((await replaying.get('/things/3'))[0]).toBe(404);
  expect([await replaying.stop(), count]).toEqual([0, 2]);
});

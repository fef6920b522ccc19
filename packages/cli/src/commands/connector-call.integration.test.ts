import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runCommandLine } from '../program.ts';

/** An API that takes jobs on, and files in chunks; answers what it was asked. */
async function startApi() {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    request.resume();
    seen.push([request.method, request.url, request.headers['content-range']].filter(Boolean).join(' '));
    if (request.method === 'GET') response.setHeader('content-type', 'application/json').end('{"done": true}');
    else if (request.url === '/jobs') {
      response.writeHead(202, { location: '/jobs/1', 'retry-after': '0' }).end();
    } else if (request.headers['x-ms-transfer-mode'] === 'chunked') {
      response.writeHead(200, { location: '/uploads/1' }).end();
    } else response.end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-call-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const body = { name: 'body', in: 'body', schema: { type: 'string', format: 'binary' } };
  const responses = { 200: { description: 'ok' } };
  const definition = {
    swagger: '2.0',
    info: { title: 'Files', version: '1' },
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    schemes: ['http'],
    consumes: ['text/plain'],
    paths: {
      '/jobs': { post: { operationId: 'StartJob', responses } },
      '/files': {
        post: {
          operationId: 'AddFile',
          parameters: [body],
          'x-ms-capabilities': { chunkTransfer: true },
          responses,
        },
      },
    },
  };
  writeFileSync(join(folder, 'files.json'), JSON.stringify(definition));
  const call = async (...words: readonly string[]) => {
    const printed = { out: '', err: '' };
    const code = await runCommandLine(
      {
        out: (text) => {
          printed.out += text;
        },
        err: (text) => {
          printed.err += text;
        },
        readStdin: async () => '',
        workingFolder: folder,
        configurationFolder: folder,
        environment: {},
        signal: new AbortController().signal,
      },
      ['connector', 'call', 'files.json', ...words],
    );
    return { code, ...printed, seen: seen.splice(0) };
  };
  return { call, folder };
}

it('waits for what the API answers later, and shows each poll', async () => {
  const { call } = await startApi();
  const { code, out, seen } = await call('--operation', 'StartJob', '--explain', '--format', 'json');
  const { statusCode, body, trace } = JSON.parse(out) as {
    readonly statusCode: number;
    readonly body: unknown;
    readonly trace: readonly { readonly step: string; readonly name?: string }[];
  };
  expect({ code, statusCode, body, steps: trace.map(({ step, name = '' }) => `${step} ${name}`.trim()), seen }).toEqual(
    {
      code: 0,
      statusCode: 200,
      body: { done: true },
      steps: ['bind', 'authenticate', 'transport poll 1', 'transport', 'result'],
      seen: ['POST /jobs', 'GET /jobs/1'],
    },
  );
});

it('shows the first answer when it is told not to wait', async () => {
  const { call } = await startApi();
  expect(await call('--operation', 'StartJob', '--disable-async-pattern')).toEqual({
    code: 0,
    out: '202\nnull\n',
    err: '',
    seen: ['POST /jobs'],
  });
});

it('sends a body in chunks of the size that is asked for', async () => {
  const { call, folder } = await startApi();
  const megabytes = 2.5 * 1024 * 1024;
  writeFileSync(join(folder, 'parameters.json'), JSON.stringify({ body: 'x'.repeat(megabytes) }));
  const words = ['--operation', 'AddFile', '--parameters', '@parameters.json'];
  expect(await call(...words, '--chunked', '--upload-chunk-mb', '1')).toEqual({
    code: 0,
    out: '200\nnull\n',
    err: '',
    seen: [
      'POST /files',
      'PATCH /uploads/1 bytes=0-1048575/2621440',
      'PATCH /uploads/1 bytes=1048576-2097151/2621440',
      'PATCH /uploads/1 bytes=2097152-2621439/2621440',
    ],
  });
});

it.each([
  [['--upload-chunk-mb', '1'], 'Sizes of chunks mean something with --chunked only. Add it.\n'],
  [['--chunked', '--download-chunk-mb', '0'], '--download-chunk-mb takes a whole number from 1 to 100, not "0".\n'],
  [['--timeout', 'soon'], '--timeout takes a whole number from 1 to 86400, not "soon".\n'],
])('refuses %j', async (words, err) => {
  const { call } = await startApi();
  expect(await call('--operation', 'StartJob', ...words)).toEqual({ code: 2, out: '', err, seen: [] });
});

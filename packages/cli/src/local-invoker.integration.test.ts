import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEgress } from '@patchbay/egress';
import { invokerContract } from '@patchbay/workflow/contract-suite';
import { LocalInvoker } from './local-invoker.ts';

const answer: RequestListener = (request, response) => {
  const code = /^\/status\/(\d+)$/.exec(request.url ?? '')?.[1];
  if (code !== undefined) {
    response.writeHead(Number(code), { 'content-type': 'application/json' }).end(`{"code":${code}}`);
  } else if (request.url === '/headers') {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(request.headers));
  } else if (request.url === '/echo') {
    response.writeHead(200, { 'content-type': request.headers['content-type'] ?? 'text/plain' });
    request.pipe(response);
  }
};

invokerContract('the command line', async () => {
  const server = createServer(answer);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const egress = createEgress();
  const terminal = {
    out: () => undefined,
    err: () => undefined,
    readStdin: async () => '',
    workingFolder: '.',
    configurationFolder: '.',
    environment: {},
    signal: new AbortController().signal,
  };
  return {
    invoker: new LocalInvoker(terminal, egress, new Map()),
    peer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      await egress.close();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type SlowApi = {
  readonly origin: string;
  /** Requests that have come. */
  readonly requests: () => number;
  readonly close: () => Promise<void>;
};

/** An API that takes its time with every answer. */
export async function startSlowApi(delayMs: number): Promise<SlowApi> {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end('{"done":true}'), delayMs);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

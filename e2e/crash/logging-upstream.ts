import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** One request as the upstream saw it: the truth that the platform's records are held against. */
export type LoggedCall = {
  readonly ticket: string;
  readonly step: string;
  readonly idempotencyKey: string | undefined;
  readonly atMs: number;
};

export type LoggingUpstream = {
  readonly origin: string;
  /** In order of arrival. */
  readonly calls: readonly LoggedCall[];
  readonly close: () => Promise<void>;
};

/** An API that takes steps of tickets, each after a pause of up to some milliseconds, so that many calls are in flight at any moment. */
export async function startLoggingUpstream(longestPauseMs = 20): Promise<LoggingUpstream> {
  const calls: LoggedCall[] = [];
  const server = createServer(async (request, response) => {
    const { ticket, step } = (await json(request)) as { readonly ticket: string; readonly step: string };
    const key = request.headers['idempotency-key'];
    calls.push({ ticket, step, idempotencyKey: Array.isArray(key) ? key[0] : key, atMs: Date.now() });
    setTimeout(
      () => {
        response.writeHead(201, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ ticket, step, number: calls.length }));
      },
      Math.floor(Math.random() * longestPauseMs),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((closed) => server.close(() => closed()));
}

import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigurationError } from '../configuration.ts';

/** A server that listens already and answers 503 until it is given its handler. */
export type Listener = {
  readonly server: Server;
  readonly port: number;
  /** `http://127.0.0.1:4310`: where this machine reaches the server. */
  readonly localOrigin: string;
  readonly handle: (listener: RequestListener) => void;
  /** Takes no more connections; resolves when what is being answered is answered, or after this time. */
  readonly close: (drainMs: number) => Promise<void>;
};

/** Takes the port before anything is opened, so that a second server on it stops at once. Throws `ConfigurationError`. */
export async function listen(host: string, port: number): Promise<Listener> {
  let handler: RequestListener = (_request, response) => {
    response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '1' });
    response.end('{"status":"starting"}');
  };
  const server = createServer((request, response) => handler(request, response));
  server.keepAliveTimeout = 72_000;
  await new Promise<void>((listening, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => fail(explain(error, host, port)));
    server.listen(port, host, listening);
  });
  // It listens on TCP, so the address has a port.
  const bound = (server.address() as AddressInfo).port;
  return {
    server,
    port: bound,
    localOrigin: `http://${reachable(host)}:${bound}`,
    handle: (listener) => {
      handler = listener;
    },
    close: (drainMs) => close(server, drainMs),
  };
}

async function close(server: Server, drainMs: number): Promise<void> {
  const closed = new Promise<void>((settle) => server.close(() => settle()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearTimeout(timer);
}

function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new ConfigurationError(
        `PORT is ${port}, and another program listens there. Stop it, or set PORT to a free port.`,
      );
    case 'EACCES':
      return new ConfigurationError(`PORT is ${port}, which this user may not listen on. Set PORT to one above 1023.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ConfigurationError(
        `HOST is "${host}", which is not an address of this machine. Set HOST to 127.0.0.1.`,
      );
    default:
      return error;
  }
}

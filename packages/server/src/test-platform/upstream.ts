import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as an API received it. */
export type ReceivedRequest = {
  readonly method: string;
  /** The request target as it came over the wire. */
  readonly target: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: Buffer;
};

/** An API of somebody else's, on a port of its own. */
export type Upstream = {
  readonly origin: string;
  readonly host: string;
  /** What came, oldest first. */
  readonly received: ReceivedRequest[];
  readonly close: () => Promise<void>;
};

export type Answering = (request: ReceivedRequest, response: ServerResponse) => void;

/** Starts an API that answers as told, once a request has come whole. */
export async function startUpstream(answer: Answering): Promise<Upstream> {
  const received: ReceivedRequest[] = [];
  const server = createServer((incoming, response) => {
    void receive(incoming).then((request) => {
      received.push(request);
      answer(request, response);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin: `http://${host}`,
    host,
    received,
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

async function receive(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  return { method: incoming.method ?? '', target: incoming.url ?? '', headers, body: Buffer.concat(chunks) };
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

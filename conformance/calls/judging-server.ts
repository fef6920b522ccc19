import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Answer, isJson, type JudgeableRequest } from './prism-judge.ts';

export type JudgingServer = {
  /** Scheme, host and port, on this machine only. */
  readonly origin: string;
  readonly close: () => Promise<void>;
};

/** Answers every request over HTTP with what is made of it. */
export async function startJudgingServer(
  answerTo: (request: JudgeableRequest) => Promise<Answer>,
): Promise<JudgingServer> {
  const server = createServer(async (request, response) => {
    writeAnswer(response, await answerTo(await readRequest(request)));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => close(server) };
}

async function readRequest(request: IncomingMessage): Promise<JudgeableRequest> {
  const { method = 'GET', url = '/', headers } = request;
  const fields = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return { method, url, headers: Object.fromEntries(fields), body: await buffer(request) };
}

function writeAnswer(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, sendable(headers));
  if (status === 204 || status === 304 || body === undefined) response.end();
  else response.end(typeof body === 'string' && !isJson(headers['Content-type']) ? body : JSON.stringify(body));
}

/** Fields of HTTP's own framing that a definition describes too; made-up ones would break the message. */
const framing = /^(content-length|content-encoding|transfer-encoding|connection|keep-alive|trailer|upgrade)$/i;

/** The headers that can be sent: definitions also describe some by names that no header can have, and without a value. */
function sendable(headers: Answer['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      if (value === null || !/^[\w!#$%&'*+.^`|~-]+$/.test(name) || framing.test(name)) return [];
      return [[name, String(value).replaceAll(/[^\t\x20-\x7e]/g, '?')]];
    }),
  );
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((closed) => server.close(() => closed()));
}

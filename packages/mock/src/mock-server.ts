import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFaultPlan, type Fault } from './fault.ts';
import { type Answerer, type MockAnswer, type MockRequest, refusal } from './message.ts';

export type MockServerOptions = {
  readonly answer: Answerer;
  /** 0 for any that is free. */
  readonly port: number;
  readonly faults?: readonly Fault[];
  /** How long a `slow` answer is held back. Default 5 s. */
  readonly slowMs?: number;
  /** A longer request is refused. Default 100 MiB. */
  readonly maxBodyBytes?: number;
  /** Told of each request when it is answered; `status` is 0 where the connection was broken on purpose. */
  readonly onAnswered?: (request: MockRequest, status: number) => void;
};

export type MockServer = {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  readonly close: () => Promise<void>;
};

/** Listens on this machine only. Rejects when the port is taken. */
export async function startMockServer(options: MockServerOptions): Promise<MockServer> {
  const planFault = createFaultPlan(options.faults ?? []);
  const stop = new AbortController();
  const server = createServer((request, response) => {
    respond(request, response, options, planFault(), stop.signal).catch((error: unknown) => fail(response, error));
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(options.port, '127.0.0.1', listening);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      stop.abort();
      return closeServer(server);
    },
  };
}

/** A caller that went away needs no answer; everything else is told. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const message = error instanceof Error ? error.message : String(error);
  const { status, headers, body } = refusal(500, 'MockFailed', `The mock could not answer: ${message}`);
  response.writeHead(status, headers).end(body);
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((closed) => server.close(() => closed()));
}

async function respond(
  incoming: IncomingMessage,
  response: ServerResponse,
  options: MockServerOptions,
  fault: Fault['kind'] | undefined,
  stop: AbortSignal,
): Promise<void> {
  const { answer, onAnswered = () => undefined, slowMs = 5000, maxBodyBytes = 100 * 1024 * 1024 } = options;
  const body = await readBody(incoming, maxBodyBytes);
  const request = toRequest(incoming, body ?? new Uint8Array());
  if (fault === 'reset') {
    incoming.socket.resetAndDestroy();
    onAnswered(request, 0);
    return;
  }
  if (fault === 'slow') await wait(slowMs, stop);
  const found =
    body === undefined
      ? refusal(413, 'BodyTooLarge', `The body is longer than ${maxBodyBytes} bytes.`)
      : (faultAnswer(fault) ?? (await answer(request)));
  const whole = fault === 'malformed' ? malformed(found) : found;
  const content = request.method === 'HEAD' || whole.status === 204 || whole.status === 304 ? '' : whole.body;
  response.writeHead(whole.status, whole.headers).end(content);
  onAnswered(request, whole.status);
}

function faultAnswer(fault: Fault['kind'] | undefined): MockAnswer | undefined {
  if (fault === '500') return refusal(500, 'InternalServerError', 'Failed on purpose (--fault 500).');
  if (fault !== '429') return undefined;
  const limited = refusal(429, 'TooManyRequests', 'Refused on purpose (--fault 429).');
  return { ...limited, headers: { ...limited.headers, 'retry-after': '1' } };
}

/** Says that it is JSON, and breaks off in the middle of it. */
function malformed({ body }: MockAnswer): MockAnswer {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  const broken = text.length > 1 ? text.slice(0, Math.ceil(text.length / 2)) : '';
  return { status: 200, headers: { 'content-type': 'application/json' }, body: broken === '' ? '{"broken":' : broken };
}

async function readBody(incoming: IncomingMessage, maxBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
  }
  return size > maxBytes ? undefined : Buffer.concat(chunks);
}

function toRequest({ method = 'GET', url = '/', headers }: IncomingMessage, body: Uint8Array): MockRequest {
  const mark = url.indexOf('?');
  return {
    method: method.toUpperCase(),
    path: mark === -1 ? url : url.slice(0, mark),
    query: mark === -1 ? '' : url.slice(mark + 1),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
    ),
    body,
  };
}

function wait(timeMs: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeMs);
    stop.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

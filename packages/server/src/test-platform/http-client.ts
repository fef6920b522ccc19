import { Agent, type IncomingHttpHeaders, request } from 'node:http';

export type HttpRequest = {
  readonly method?: string;
  /** The request target, sent exactly as it stands: nothing is decoded or tidied on the way. */
  readonly path: string;
  readonly headers?: { readonly [name: string]: string };
  /** Text or bytes are sent as they are; anything else as JSON. */
  readonly body?: unknown;
};

export type HttpAnswer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  /** JSON where the media type says so, else the text. */
  readonly body: unknown;
};

const agent = new Agent({ keepAlive: false });

/** Sends one request over a socket of its own and answers with what came back whole. */
export function send(origin: string, wanted: HttpRequest): Promise<HttpAnswer> {
  const { hostname, port } = new URL(origin);
  const { method = 'GET', path, body } = wanted;
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  const content = body === undefined ? undefined : isRaw ? body : JSON.stringify(body);
  const headers = {
    ...(content !== undefined && !isRaw && { 'content-type': 'application/json' }),
    ...(content !== undefined &&
      wanted.headers?.['transfer-encoding'] === undefined && { 'content-length': String(Buffer.byteLength(content)) }),
    ...wanted.headers,
  };
  return new Promise((settle, fail) => {
    const outgoing = request({ hostname, port, method, path, headers, agent }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', fail);
      incoming.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const isJson = /[/+]json/.test(incoming.headers['content-type'] ?? '') && bytes.length > 0;
        settle({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          bytes,
          body: isJson ? JSON.parse(bytes.toString('utf8')) : bytes.toString('utf8'),
        });
      });
    });
    outgoing.on('error', fail);
    outgoing.end(content);
  });
}

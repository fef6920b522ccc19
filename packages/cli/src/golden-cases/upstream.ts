import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A real API for commands to call. */
export type Upstream = {
  /** Host and port. */
  readonly host: string;
  /** A host and port where nothing listens. */
  readonly nobody: string;
  readonly close: () => Promise<void>;
};

/** Starts an API that answers with what it was asked, but for a few paths that answer badly. */
export async function startUpstream(): Promise<Upstream> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer(request, response, Buffer.concat(chunks)));
  });
  server.keepAliveTimeout = 1;
  const port = await listen(server);
  const closed = createServer();
  const nobody = await listen(closed);
  await close(closed);
  return { host: `127.0.0.1:${port}`, nobody: `127.0.0.1:${nobody}`, close: () => close(server) };
}

type Server = ReturnType<typeof createServer>;

async function listen(server: Server): Promise<number> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
}

function answer(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  response.sendDate = false;
  const { pathname, search } = new URL(request.url ?? '/', 'http://upstream');
  if (pathname === '/reset') {
    request.socket.destroy();
    return;
  }
  const status = /^\/status\/(\d+)$/.exec(pathname)?.[1];
  const { 'x-api-key': key, authorization } = request.headers;
  const seen = { method: request.method, path: pathname + search, key, authorization };
  const sent = body.length === 0 ? {} : { body: body.toString('utf8') };
  const [code, contentType, content, location]: readonly [number, string, string | Buffer, string?] =
    status !== undefined
      ? [Number(status), 'application/json', `{"status":${status}}`]
      : pathname === '/page'
        ? [200, 'text/html', '<html>Please sign in</html>']
        : pathname === '/metadata'
          ? [302, 'text/plain', '', 'http://169.254.169.254/latest/meta-data/']
          : pathname.endsWith('/cover') && request.method === 'GET'
            ? [200, 'image/png', Buffer.from([137, 80, 78, 71])]
            : [200, 'application/json', JSON.stringify({ ...seen, ...sent })];
  response.writeHead(code, {
    connection: 'close',
    'content-type': contentType,
    'content-length': content.length,
    ...(location !== undefined && { location }),
  });
  response.end(content);
}

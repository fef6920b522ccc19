import { createServer } from 'node:http';
import { Pool } from 'undici';
import { announce } from './announce.ts';

/** The least a proxy can do: forwards the request to one upstream and streams the answer back. No checks, no credential. */
const upstream = new Pool(process.argv[2] ?? '', { connections: 50 });

announce(
  createServer((request, response) => {
    const { host: _, connection: __, ...headers } = request.headers;
    upstream.stream(
      {
        method: request.method ?? 'GET',
        path: request.url ?? '/',
        headers,
        body: request.method === 'GET' ? null : request,
        opaque: response,
      },
      ({ statusCode, headers: answered }) => {
        response.writeHead(statusCode, answered);
        return response;
      },
      (error) => {
        if (error !== null) response.destroy();
      },
    );
  }),
);

import { timingSafeEqual } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import swagger from '@fastify/swagger';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { bookSchema, describeApi, loanSchema, memberSchema, problemSchema } from './description.ts';
import { Library, LibraryError } from './library.ts';
import { addRoutes } from './routes.ts';

export type LibraryLoansOptions = {
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** What callers must send as `x-api-key`. */
  readonly apiKey: string;
};

export type LibraryLoans = {
  readonly origin: string;
  /** The API's own Swagger 2.0 document. */
  readonly description: () => object;
  readonly close: () => Promise<void>;
};

/** Starts the sample API: a small library in memory, behind an API key, described by its own document. */
export async function startLibraryLoans(options: LibraryLoansOptions): Promise<LibraryLoans> {
  const host = options.host ?? '127.0.0.1';
  const app = fastify({ ajv: { customOptions: { strict: false, coerceTypes: 'array' } } });
  const address = { host: '' };
  await app.register(swagger, {
    swagger: describeApi(''),
    refResolver: {
      buildLocalReference: (json, _base, _fragment, index) =>
        typeof json['$id'] === 'string' ? json['$id'] : `def-${index}`,
    },
    transformObject: (document) => ('swaggerObject' in document ? withoutNullable(document.swaggerObject) : {}),
  });
  for (const schema of [bookSchema, memberSchema, loanSchema, problemSchema]) app.addSchema(schema);
  requireKey(app, options.apiKey);
  answerErrors(app);
  await app.register(async (api) => {
    addRoutes(api, new Library());
    api.get('/openapi.json', { schema: { hide: true } as object }, async () => ({
      ...app.swagger(),
      host: address.host,
    }));
  });
  await app.listen({ host, port: options.port ?? 0 });
  address.host = `${host}:${(app.server.address() as AddressInfo).port}`;
  return {
    origin: `http://${address.host}`,
    description: () => ({ ...app.swagger(), host: address.host }),
    close: () => app.close(),
  };
}

/** Fastify needs `nullable` to write null; Swagger 2.0 does not know it and says `x-nullable`. */
function withoutNullable<Part>(part: Part): Part {
  return JSON.parse(JSON.stringify(part, (name, value: unknown) => (name === 'nullable' ? undefined : value))) as Part;
}

function requireKey(app: FastifyInstance, apiKey: string): void {
  const expected = Buffer.from(apiKey);
  app.addHook('onRequest', async (request, reply) => {
    if (request.url === '/openapi.json') return;
    const given = Buffer.from(String(request.headers['x-api-key'] ?? ''));
    if (given.length === expected.length && timingSafeEqual(given, expected)) return;
    await reply.code(401).send({ status: 401, title: 'Send the library’s key as x-api-key.' });
  });
}

function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler(async (error: FastifyError | LibraryError, _request, reply) => {
    const status = error instanceof LibraryError ? error.status : (error.statusCode ?? 500);
    return reply
      .code(status)
      .send({ status, title: status === 500 ? 'Something went wrong in the library.' : error.message });
  });
  app.setNotFoundHandler(async (request, reply) =>
    reply.code(404).send({ status: 404, title: `There is nothing at ${request.url}.` }),
  );
}

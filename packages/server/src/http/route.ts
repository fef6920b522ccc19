import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { ErrorForm } from '../errors/error-handler.ts';
import { PlatformError } from '../errors/platform-error.ts';
import type { Services } from '../services/services.ts';
import type { Permission, Principal } from './permissions.ts';

export type RouteMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';

/** One endpoint. What it needs to be allowed is a property of it; there is no endpoint without. */
export type Route = {
  readonly method: RouteMethod | readonly RouteMethod[];
  readonly url: string;
  readonly permission: Permission;
  readonly form: ErrorForm;
  /** Described in an OpenAPI document; absent for pages and streams. */
  readonly operationId?: string;
  readonly summary?: string;
  readonly schema: RouteSchema;
  /** Bodies reach the handler unread (`stream`), as bytes (`bytes`) or as JSON, the default. */
  readonly bodyForm?: 'stream' | 'bytes' | 'form';
  readonly rateLimit?: { readonly max: number; readonly timeWindowMs: number };
  readonly handle: (services: Services, request: FastifyRequest, reply: FastifyReply) => unknown;
};

export type RouteSchema = {
  readonly params?: z.ZodType;
  readonly querystring?: z.ZodType;
  readonly body?: z.ZodType;
  /** Documentation of the answer by status, `null` where there is no body; answers are not validated. */
  readonly response?: RouteResponses;
};

export type RouteResponses = { readonly [status: number]: z.ZodType | null };

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** What a handler of a described endpoint is given. */
export type RouteContext<Schema extends RouteSchema> = {
  readonly services: Services;
  readonly principal: Principal;
  readonly params: Parsed<Schema['params']>;
  readonly query: Parsed<Schema['querystring']>;
  readonly body: Parsed<Schema['body']>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
};

/** Describes an endpoint that takes and gives JSON. The schemas give the handler its types. */
export function defineRoute<const Schema extends RouteSchema>(
  route: Omit<Route, 'handle' | 'schema'> & {
    readonly schema: Schema;
    readonly handler: (context: RouteContext<Schema>) => unknown;
  },
): Route {
  const { handler, ...rest } = route;
  return {
    ...rest,
    handle: (services, request, reply) =>
      handler({
        services,
        get principal() {
          return principalOf(request);
        },
        // The validator compiler ran the route's own schemas over these three, and put what they gave in their place.
        params: request.params as Parsed<Schema['params']>,
        query: request.query as Parsed<Schema['querystring']>,
        body: request.body as Parsed<Schema['body']>,
        request,
        reply,
      }),
  };
}

/** Who asks; only on routes that need a permission. */
export function principalOf(request: FastifyRequest): Principal {
  if (request.principal === null) throw new PlatformError('Unauthenticated', 'Sign in, or send an access token.');
  return request.principal;
}

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | null;
  }
  interface FastifyContextConfig {
    permission?: Permission;
    form?: ErrorForm;
    /** Documented answers by status. */
    response?: RouteResponses;
  }
}

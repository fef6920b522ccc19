import { STATUS_CODES } from 'node:http';
import swagger from '@fastify/swagger';
import type { FastifyContextConfig, FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ErrorForm } from '../errors/error-handler.ts';
import type { RouteResponses } from './route.ts';

/** The OpenAPI documents that the server serves of itself. */
export type OpenApiDocuments = { readonly api: object; readonly management: object };

/** Collects what routes say of themselves. Register it before any route. */
export async function collectOpenApi(
  app: FastifyInstance,
  options: { readonly origin: string; readonly version: string; readonly issuer: string },
): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Patchbay', version: options.version },
      servers: [{ url: options.origin }],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'An access token of the issuer.' },
          issuer: { type: 'openIdConnect', openIdConnectUrl: `${options.issuer}/.well-known/openid-configuration` },
        },
      },
      security: [{ bearer: [] }, { issuer: [] }],
    },
    transform: (document) => {
      const { config } = document.route as { readonly config?: FastifyContextConfig };
      if (config?.response === undefined) return jsonSchemaTransform(document);
      const response = describeAnswers(config.response, config.form ?? 'problem');
      return jsonSchemaTransform({ ...document, schema: { ...document.schema, response } });
    },
  });
}

const problem = z
  .looseObject({ type: z.string(), title: z.string(), status: z.int(), detail: z.string(), code: z.string() })
  .describe('Problem details (RFC 9457)');
const compatible = z.looseObject({ error: z.looseObject({ code: z.string(), message: z.string() }) });

/** Answers in the form that the collector takes, with the one that every operation can give: an error. */
function describeAnswers(responses: RouteResponses, form: ErrorForm): object {
  const described = Object.entries(responses).map(([status, schema]): [string, object] => {
    const description = STATUS_CODES[status] ?? status;
    // The collector takes the type null for "no body".
    if (schema === null) return [status, z.null().describe(description)];
    return [status, { description, content: { 'application/json': { schema } } }];
  });
  const content =
    form === 'problem'
      ? { 'application/problem+json': { schema: problem } }
      : { 'application/json': { schema: compatible } };
  return { ...Object.fromEntries(described), default: { description: 'Why not', content } };
}

/** The documents, made once when first asked for. */
export function openApiDocuments(app: FastifyInstance): () => OpenApiDocuments {
  let documents: OpenApiDocuments | undefined;
  return () => {
    documents ??= build(app);
    return documents;
  };
}

type PathItems = { readonly [path: string]: { readonly [method: string]: Operation } };
type Operation = { readonly requestBody?: RequestBody };
type RequestBody = { readonly content: { readonly [type: string]: { readonly schema?: BodySchema } } };
type BodySchema = { readonly anyOf?: readonly { readonly type?: unknown }[] };

function build(app: FastifyInstance): OpenApiDocuments {
  const whole = app.swagger() as { readonly info: object; readonly paths?: PathItems };
  const part = (title: string, description: string, isPart: (path: string) => boolean): object => ({
    ...whole,
    info: { ...whole.info, title, description },
    paths: Object.fromEntries(
      Object.entries(whole.paths ?? {})
        .filter(([path]) => isPart(path))
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([path, item]) => [path, withOptionalBodies(item)]),
    ),
  });
  return {
    api: part('Patchbay', 'What the compatible surface has no place for.', (path) => !path.startsWith('/providers/')),
    management: part('Patchbay management', 'Environments, connectors, connections, flows and runs.', (path) =>
      path.startsWith('/providers/'),
    ),
  };
}

/** The collector takes every body for required; one whose schema takes `null` may be left out. */
function withOptionalBodies(item: PathItems[string]): object {
  return Object.fromEntries(
    Object.entries(item).map(([method, operation]) => {
      const schema = operation.requestBody?.content['application/json']?.schema;
      const given = schema?.anyOf?.filter(({ type }) => type !== 'null') ?? [];
      if (schema?.anyOf === undefined || given.length === schema.anyOf.length) return [method, operation];
      const content = { 'application/json': { schema: given.length === 1 ? given[0] : { anyOf: given } } };
      return [method, { ...operation, requestBody: { ...operation.requestBody, required: false, content } }];
    }),
  );
}

import swagger from '@fastify/swagger';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';

/** The OpenAPI documents that the server serves of itself. */
export type OpenApiDocuments = { readonly api: object; readonly management: object };

/** Collects what routes say of themselves. Register it before any route. */
export async function collectOpenApi(
  app: FastifyInstance,
  options: { readonly origin: string; readonly version: string; readonly issuer: string },
): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.0.3',
      info: { title: 'Patchbay', version: options.version },
      servers: [{ url: options.origin }],
      components: {
        securitySchemes: {
          issuer: { type: 'openIdConnect', openIdConnectUrl: `${options.issuer}/.well-known/openid-configuration` },
        },
      },
      security: [{ issuer: [] }],
    },
    transform: (document) => {
      const { response } = (document.route as RouteOptions & { config?: { response?: object } }).config ?? {};
      const schema = { ...document.schema, ...(response !== undefined && { response }) };
      return jsonSchemaTransform({ ...document, schema });
    },
  });
}

/** The documents, made once when first asked for. */
export function openApiDocuments(app: FastifyInstance): () => OpenApiDocuments {
  let documents: OpenApiDocuments | undefined;
  return () => {
    documents ??= build(app);
    return documents;
  };
}

function build(app: FastifyInstance): OpenApiDocuments {
  const whole = app.swagger() as { readonly info: object; readonly paths?: { readonly [path: string]: object } };
  const part = (title: string, description: string, isPart: (path: string) => boolean): object => ({
    ...whole,
    info: { ...whole.info, title, description },
    paths: Object.fromEntries(Object.entries(whole.paths ?? {}).filter(([path]) => isPart(path))),
  });
  return {
    api: part('Patchbay', 'What the compatible surface has no place for.', (path) => path.startsWith('/api/')),
    management: part('Patchbay management', 'Environments, connectors, connections, flows and runs.', (path) =>
      path.startsWith('/providers/'),
    ),
  };
}

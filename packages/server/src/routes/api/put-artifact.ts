import { z } from 'zod';
import { PlatformError } from '../../errors/platform-error.ts';
import { defineRoute } from '../../http/route.ts';
import { jsonObject } from '../management/schemas.ts';
import { artifactParams } from './artifact-params.ts';

/** As large as a map may be on the platform. */
const maximumLength = 8 * 1024 * 1024;

export const putArtifact = defineRoute({
  method: 'PUT',
  url: '/api/environments/:environment/artifacts/:kind/:artifact',
  permission: 'flow.write',
  form: 'problem',
  operationId: 'PutArtifact',
  summary: 'Keep a schema, map or partner for the flows of an environment; one of the same name is replaced',
  schema: {
    params: artifactParams,
    body: z.object({
      content: z.string().min(1).max(maximumLength),
      contentType: z.string().max(200).optional(),
      metadata: jsonObject.optional(),
    }),
    response: { 204: null },
  },
  handler: async ({ services, params, body, reply }) => {
    const { kind, artifact: name } = params;
    const environment = await services.environments.get(params.environment);
    if ((kind === 'partner' || kind === 'agreement') && !isJson(body.content)) {
      throw new PlatformError('InvalidRequest', `The content of a ${kind} is JSON; this is not.`);
    }
    await services.store.artifacts.put({
      environmentId: environment.id,
      kind,
      name,
      content: body.content,
      contentType: body.contentType ?? contentTypeOf(name, kind),
      ...(body.metadata !== undefined && { metadata: body.metadata }),
      changedAtMs: Date.now(),
    });
    return reply.code(204).send();
  },
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function contentTypeOf(name: string, kind: string): string {
  if (kind === 'partner' || kind === 'agreement') return 'application/json';
  return /\.liquid$/i.test(name) ? 'text/plain' : 'application/xml';
}

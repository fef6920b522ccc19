import { artifactKinds } from '@patchbay/workflow';
import { z } from 'zod';
import { PlatformError } from '../../errors/platform-error.ts';
import { defineRoute } from '../../http/route.ts';
import { jsonValue } from '../management/schemas.ts';
import { artifactParams } from './artifact-params.ts';

export const getArtifact = defineRoute({
  method: 'GET',
  url: '/api/environments/:environment/artifacts/:kind/:artifact',
  permission: 'flow.read',
  form: 'problem',
  operationId: 'GetArtifact',
  summary: 'A schema, map or partner, as flows find it: by its name in any case, with or without the extension',
  schema: {
    params: artifactParams,
    response: {
      200: z.object({
        kind: z.enum(artifactKinds),
        name: z.string(),
        contentType: z.string(),
        content: z.string(),
        metadata: jsonValue.optional(),
      }),
    },
  },
  handler: async ({ services, params }) => {
    const environment = await services.environments.get(params.environment);
    const artifact = await services.store.artifacts.findArtifact(environment.id, params.kind, params.artifact);
    if (artifact !== undefined) return artifact;
    throw new PlatformError('ArtifactNotFound', `The environment has no ${params.kind} "${params.artifact}".`);
  },
});

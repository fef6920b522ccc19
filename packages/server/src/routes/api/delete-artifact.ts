import { PlatformError } from '../../errors/platform-error.ts';
import { defineRoute } from '../../http/route.ts';
import { artifactParams } from './artifact-params.ts';

export const deleteArtifact = defineRoute({
  method: 'DELETE',
  url: '/api/environments/:environment/artifacts/:kind/:artifact',
  permission: 'flow.write',
  form: 'problem',
  operationId: 'DeleteArtifact',
  summary: 'Remove a schema, map or partner of an environment',
  schema: { params: artifactParams, response: { 204: null } },
  handler: async ({ services, params, reply }) => {
    const environment = await services.environments.get(params.environment);
    if (!(await services.store.artifacts.delete(environment.id, params.kind, params.artifact))) {
      throw new PlatformError('ArtifactNotFound', `The environment has no ${params.kind} "${params.artifact}".`);
    }
    return reply.code(204).send();
  },
});

import { artifactKinds } from '@patchbay/workflow';
import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { timeText } from '../../views/resource.ts';

export const listArtifacts = defineRoute({
  method: 'GET',
  url: '/api/environments/:environment/artifacts',
  permission: 'flow.read',
  form: 'problem',
  operationId: 'ListArtifacts',
  summary: 'The schemas, maps and partners that flows of an environment name, without what is in them',
  schema: {
    params: z.object({ environment: z.string() }),
    response: {
      200: z.object({
        artifacts: z.array(
          z.object({ kind: z.enum(artifactKinds), name: z.string(), contentType: z.string(), changedAt: z.string() }),
        ),
      }),
    },
  },
  handler: async ({ services, params }) => {
    const environment = await services.environments.get(params.environment);
    const rows = await services.store.artifacts.list(environment.id);
    return {
      artifacts: rows.map(({ changedAtMs, ...artifact }) => ({ ...artifact, changedAt: timeText(changedAtMs) })),
    };
  },
});

import { defineRoute } from '../../http/route.ts';
import { environmentParams } from '../management/schemas.ts';
import { retentionBody } from './retention-body.ts';

export const putRetention = defineRoute({
  method: 'PUT',
  url: '/api/environments/:environment/retention',
  permission: 'environment.administer',
  form: 'problem',
  operationId: 'SetRetention',
  summary: 'Say how long an environment keeps runs that have ended',
  schema: { params: environmentParams, body: retentionBody, response: { 200: retentionBody } },
  handler: async ({ services, params, body }) => {
    const { id } = await services.environments.get(params.environment);
    await services.store.environments.update(id, { retention: body });
    return services.environments.retention(id);
  },
});

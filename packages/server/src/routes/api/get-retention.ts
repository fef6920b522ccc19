import { defineRoute } from '../../http/route.ts';
import { environmentParams } from '../management/schemas.ts';
import { retentionBody } from './retention-body.ts';

export const getRetention = defineRoute({
  method: 'GET',
  url: '/api/environments/:environment/retention',
  permission: 'environment.read',
  form: 'problem',
  operationId: 'GetRetention',
  summary: 'How long an environment keeps runs that have ended',
  schema: { params: environmentParams, response: { 200: retentionBody } },
  handler: async ({ services, params }) => {
    const { id } = await services.environments.get(params.environment);
    return services.environments.retention(id);
  },
});

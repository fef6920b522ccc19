import { defineRoute } from '../../http/route.ts';
import { powerApps } from '../../views/resource.ts';
import { apiParams, filterQuery } from './schemas.ts';

export const deleteConnector = defineRoute({
  method: 'DELETE',
  url: `${powerApps}/apis/:api`,
  permission: 'connector.write',
  form: 'compatible',
  operationId: 'DeleteConnector',
  summary: 'Delete a connector and its connections',
  schema: { params: apiParams, querystring: filterQuery, response: { 200: null } },
  handler: async ({ services, params, reply }) => {
    const { name } = await services.connectors.get(params.api);
    await services.connectors.delete(name);
    services.connections.forgetAll();
    return reply.code(200).send();
  },
});

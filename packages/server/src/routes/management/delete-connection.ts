import { defineRoute } from '../../http/route.ts';
import { powerApps } from '../../views/resource.ts';
import { connectionParams, filterQuery } from './schemas.ts';

export const deleteConnection = defineRoute({
  method: 'DELETE',
  url: `${powerApps}/apis/:api/connections/:connection`,
  permission: 'connection.write',
  form: 'compatible',
  operationId: 'DeleteConnection',
  summary: 'Delete a connection and its secrets',
  schema: { params: connectionParams, querystring: filterQuery, response: { 200: null } },
  handler: async ({ services, params, reply }) => {
    const { name } = await services.connections.get(params.connection, params.api);
    await services.connections.delete(name);
    return reply.code(200).send();
  },
});

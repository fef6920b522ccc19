import { defineRoute } from '../../http/route.ts';
import { powerApps } from '../../views/resource.ts';
import { connectionAnswer } from './connection-answer.ts';
import { connectionParams, filterQuery, resource } from './schemas.ts';

export const getConnection = defineRoute({
  method: 'GET',
  url: `${powerApps}/apis/:api/connections/:connection`,
  permission: 'connection.read',
  form: 'compatible',
  operationId: 'GetConnection',
  summary: 'Get a connection, without its secrets',
  schema: { params: connectionParams, querystring: filterQuery, response: { 200: resource } },
  handler: async ({ services, params }) =>
    connectionAnswer(services, await services.connections.get(params.connection, params.api)),
});

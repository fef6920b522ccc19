import { defineRoute } from '../../http/route.ts';
import { powerApps } from '../../views/resource.ts';
import { connectionAnswers } from './connection-answer.ts';
import { apiParams, filterQuery, resourceList } from './schemas.ts';

export const listConnectorConnections = defineRoute({
  method: 'GET',
  url: `${powerApps}/apis/:api/connections`,
  permission: 'connection.read',
  form: 'compatible',
  operationId: 'ListConnectorConnections',
  summary: 'List the connections of a connector',
  schema: { params: apiParams, querystring: filterQuery, response: { 200: resourceList } },
  handler: async ({ services, params }) => {
    const connector = await services.connectors.get(params.api);
    return {
      value: await connectionAnswers(
        services,
        await services.connections.list(connector.environmentId, connector.name),
      ),
    };
  },
});

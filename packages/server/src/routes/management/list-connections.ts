import { environmentOf } from '../../http/odata-filter.ts';
import { defineRoute } from '../../http/route.ts';
import { powerApps } from '../../views/resource.ts';
import { connectionAnswers } from './connection-answer.ts';
import { filterQuery, resourceList } from './schemas.ts';

export const listConnections = defineRoute({
  method: 'GET',
  url: `${powerApps}/connections`,
  permission: 'connection.read',
  form: 'compatible',
  operationId: 'ListConnections',
  summary: 'List the connections of an environment',
  schema: { querystring: filterQuery, response: { 200: resourceList } },
  handler: async ({ services, query }) => {
    const environment = await services.environments.get(environmentOf(query));
    return { value: await connectionAnswers(services, await services.connections.list(environment.id)) };
  },
});

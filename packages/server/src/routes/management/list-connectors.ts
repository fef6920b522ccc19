import { environmentOf } from '../../http/odata-filter.ts';
import { defineRoute } from '../../http/route.ts';
import { powerApps } from '../../views/resource.ts';
import { connectorAnswer } from './connector-answer.ts';
import { filterQuery, resourceList } from './schemas.ts';

export const listConnectors = defineRoute({
  method: 'GET',
  url: `${powerApps}/apis`,
  permission: 'connector.read',
  form: 'compatible',
  operationId: 'ListConnectors',
  summary: 'List the connectors of an environment',
  schema: { querystring: filterQuery, response: { 200: resourceList } },
  handler: async ({ services, query }) => {
    const environment = await services.environments.get(environmentOf(query));
    const rows = await services.connectors.list(environment.id);
    return { value: await Promise.all(rows.map((row) => connectorAnswer(services, row, { withSwagger: false }))) };
  },
});

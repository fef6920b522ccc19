import { defineRoute } from '../../http/route.ts';
import { powerApps } from '../../views/resource.ts';
import { connectorAnswer } from './connector-answer.ts';
import { apiParams, filterQuery, resource } from './schemas.ts';

export const getConnector = defineRoute({
  method: 'GET',
  url: `${powerApps}/apis/:api`,
  permission: 'connector.read',
  form: 'compatible',
  operationId: 'GetConnector',
  summary: 'Get a connector with its definition',
  schema: { params: apiParams, querystring: filterQuery, response: { 200: resource } },
  handler: async ({ services, params }) =>
    connectorAnswer(services, await services.connectors.get(params.api), { withSwagger: true }),
});

import { defineRoute } from '../../http/route.ts';
import { powerApps } from '../../views/resource.ts';
import { connectorAnswer } from './connector-answer.ts';
import { connectorBody, sourceOf } from './connector-body.ts';
import { apiParams, filterQuery, resource } from './schemas.ts';

export const updateConnector = defineRoute({
  method: 'PATCH',
  url: `${powerApps}/apis/:api`,
  permission: 'connector.write',
  form: 'compatible',
  operationId: 'UpdateConnector',
  summary: 'Change a connector',
  schema: { params: apiParams, querystring: filterQuery, body: connectorBody, response: { 200: resource } },
  handler: async ({ services, params, body }) =>
    connectorAnswer(services, await services.connectors.update(params.api, sourceOf(body)), { withSwagger: false }),
});

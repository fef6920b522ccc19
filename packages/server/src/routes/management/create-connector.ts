import { PlatformError } from '../../errors/platform-error.ts';
import { environmentOf } from '../../http/odata-filter.ts';
import { defineRoute } from '../../http/route.ts';
import { powerApps } from '../../views/resource.ts';
import { connectorAnswer } from './connector-answer.ts';
import { connectorBody, sourceOf } from './connector-body.ts';
import { filterQuery, resource } from './schemas.ts';

export const createConnector = defineRoute({
  method: 'POST',
  url: `${powerApps}/apis`,
  permission: 'connector.write',
  form: 'compatible',
  operationId: 'CreateConnector',
  summary: 'Create a connector',
  schema: { querystring: filterQuery, body: connectorBody, response: { 201: resource } },
  handler: async ({ services, principal, query, body, reply }) => {
    const { definition, ...rest } = sourceOf(body);
    if (definition === undefined) {
      throw new PlatformError('InvalidRequest', 'Send the definition as properties.openApiDefinition.');
    }
    const environment = await services.environments.get(body.properties.environment?.name ?? environmentOf(query));
    const { row } = await services.connectors.create({ ...rest, definition }, environment.id, principal.account.id);
    reply.code(201);
    return connectorAnswer(services, row, { withSwagger: false });
  },
});

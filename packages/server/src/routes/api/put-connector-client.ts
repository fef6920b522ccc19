import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';

export const putConnectorClient = defineRoute({
  method: 'PUT',
  url: '/api/connectors/:connector/client',
  permission: 'connector.write',
  form: 'problem',
  operationId: 'PutConnectorClient',
  summary:
    "Change a connector's client at its identity provider; what is not given stays, and the secret is never given back",
  schema: {
    params: z.object({ connector: z.string() }),
    body: z.object({
      parameter: z.string().optional().describe('The connection parameter, `token` unless given'),
      parameterSet: z.string().optional(),
      clientId: z.string().optional(),
      clientSecret: z.string().optional().describe('The secret, or `@environmentVariables("name")`'),
    }),
    response: { 204: null },
  },
  handler: async ({ services, params, body, reply }) => {
    const { parameter = 'token', parameterSet = '', clientId, clientSecret } = body;
    await services.connectors.changeClient(
      params.connector,
      { set: parameterSet, parameter },
      {
        ...(clientId !== undefined && { clientId }),
        ...(clientSecret !== undefined && { clientSecret }),
      },
    );
    services.connections.forgetAll();
    return reply.code(204).send();
  },
});

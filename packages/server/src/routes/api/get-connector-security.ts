import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { securityView } from '../../views/security-view.ts';

export const getConnectorSecurity = defineRoute({
  method: 'GET',
  url: '/api/connectors/:connector/security',
  permission: 'connector.read',
  form: 'problem',
  operationId: 'GetConnectorSecurity',
  summary: 'How a connector signs in: its schemes, its clients at identity providers and their redirect URLs',
  schema: {
    params: z.object({ connector: z.string() }),
    response: { 200: z.object({ schemes: z.array(z.looseObject({})), clients: z.array(z.looseObject({})) }) },
  },
  handler: async ({ services, params }) => {
    const { row, model } = await services.connectors.compiled(params.connector);
    const knownSecrets = await services.connectors.clientSecretKeys(row);
    return securityView(row, model, { origin: services.origin, knownSecrets });
  },
});

import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { definitionMembers, sourceOf } from './definition-body.ts';

export const importConnector = defineRoute({
  method: 'POST',
  url: '/api/connectors/import',
  permission: 'connector.write',
  form: 'problem',
  operationId: 'ImportConnector',
  summary: 'Make a connector of a description in any format',
  schema: {
    body: z.object({ environment: z.string().optional(), displayName: z.string().optional(), ...definitionMembers }),
    response: {
      201: z.object({
        name: z.string(),
        displayName: z.string(),
        findings: z.array(z.looseObject({})),
        losses: z.array(z.looseObject({})),
      }),
    },
  },
  handler: async ({ services, principal, body, reply }) => {
    const environment = await services.environments.get(body.environment);
    const source = { ...sourceOf(body), ...(body.displayName !== undefined && { displayName: body.displayName }) };
    const { row, findings, losses } = await services.connectors.create(source, environment.id, principal.account.id);
    reply.code(201);
    return { name: row.name, displayName: row.displayName, findings, losses };
  },
});

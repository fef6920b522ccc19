import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { powerApps } from '../../views/resource.ts';
import { connectionAnswer } from './connection-answer.ts';
import { connectionParams, filterQuery, resource } from './schemas.ts';

export const confirmConsentCode = defineRoute({
  method: 'POST',
  url: `${powerApps}/apis/:api/connections/:connection/confirmConsentCode`,
  permission: 'connection.write',
  form: 'compatible',
  operationId: 'ConfirmConsentCode',
  summary: 'Confirm the sign-in for a connection with the code that the browser brought back',
  schema: {
    params: connectionParams,
    querystring: filterQuery,
    body: z.looseObject({ code: z.string() }),
    response: { 200: resource },
  },
  handler: async ({ services, principal, params, body }) => {
    await services.connections.get(params.connection, params.api);
    await services.accountLinks.confirm(params.connection, body.code, principal.account.id);
    return connectionAnswer(services, await services.connections.get(params.connection));
  },
});

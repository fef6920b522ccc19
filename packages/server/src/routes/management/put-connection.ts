import type { JsonValue } from '@patchbay/definition';
import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import type { ConnectionChange } from '../../services/connection-service.ts';
import { powerApps } from '../../views/resource.ts';
import { connectionAnswer } from './connection-answer.ts';
import { filterQuery, jsonObject, jsonValue, resource } from './schemas.ts';

const body = z.looseObject({
  properties: z.looseObject({
    displayName: z.string().optional(),
    connectionParameters: jsonObject.optional(),
    connectionParametersSet: z
      .looseObject({ name: z.string(), values: z.record(z.string(), z.looseObject({ value: jsonValue })).optional() })
      .optional(),
  }),
});

export const putConnection = defineRoute({
  method: 'PUT',
  url: `${powerApps}/apis/:api/connections/:connection`,
  permission: 'connection.write',
  form: 'compatible',
  operationId: 'PutConnection',
  summary: 'Create or change a connection; its secrets are sealed and never given back',
  schema: {
    params: z.object({ api: z.string(), connection: z.string().regex(/^[\w-]{1,128}$/) }),
    querystring: filterQuery,
    body,
    response: { 200: resource, 201: resource },
  },
  handler: async ({ services, principal, params, body: { properties }, request, reply }) => {
    const accessToken = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const { row, isNew } = await services.connections.put(params.connection, params.api, changeOf(properties), {
      accountId: principal.account.id,
      ...(accessToken !== undefined && { accessToken }),
    });
    reply.code(isNew ? 201 : 200);
    return connectionAnswer(services, row);
  },
});

function changeOf({
  displayName,
  connectionParameters,
  connectionParametersSet,
}: z.output<typeof body>['properties']): ConnectionChange {
  const setValues = Object.entries(connectionParametersSet?.values ?? {}).map(
    ([name, { value }]): [string, JsonValue] => [name, value as JsonValue],
  );
  return {
    ...(displayName !== undefined && { displayName }),
    ...(connectionParametersSet !== undefined && { parameterSet: connectionParametersSet.name }),
    values: { ...(connectionParameters as ConnectionChange['values'] | undefined), ...Object.fromEntries(setValues) },
  };
}

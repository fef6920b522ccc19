import { z } from 'zod';
import { PlatformError } from '../../errors/platform-error.ts';
import { defineRoute, type RouteContext } from '../../http/route.ts';
import { powerApps } from '../../views/resource.ts';
import { filterQuery, jsonObject } from './schemas.ts';

const schema = { querystring: filterQuery, body: jsonObject, response: { 200: z.string() } };

/** The caller is known by the token; what the address says of the person is not looked at, and may be empty. */
export const validateConnector = defineRoute({
  method: 'POST',
  url: `${powerApps}/objectIds/:account/validateApiSwagger`,
  permission: 'connector.read',
  form: 'compatible',
  operationId: 'ValidateConnectorDefinition',
  summary: 'Check a definition',
  schema,
  handler: validate,
});

export const validateConnectorWithoutAccount = defineRoute({
  method: 'POST',
  url: `${powerApps}/objectIds//validateApiSwagger`,
  permission: 'connector.read',
  form: 'compatible',
  schema,
  handler: validate,
});

/** A JSON text: empty when all is well, else a line for each warning. Errors are answered 400. */
function validate({ services, body, reply }: RouteContext<typeof schema>) {
  const { findings } = services.connectors.read({ definition: body });
  const lines = findings.map(
    ({ severity, code, message, pointer }) => `${severity} ${code} at ${pointer === '' ? '/' : pointer}: ${message}`,
  );
  if (findings.some((finding) => finding.severity === 'error')) {
    throw new PlatformError('InvalidDefinition', lines.join('\r\n'), { members: { findings } });
  }
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(lines.join('\r\n')));
}

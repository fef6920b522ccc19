import { z } from 'zod';
import { PlatformError } from '../../errors/platform-error.ts';
import { defineRoute } from '../../http/route.ts';
import { powerApps } from '../../views/resource.ts';
import { connectionParams, filterQuery } from './schemas.ts';

export const getConsentLink = defineRoute({
  method: 'POST',
  url: `${powerApps}/apis/:api/connections/:connection/getConsentLink`,
  permission: 'connection.write',
  form: 'compatible',
  operationId: 'GetConsentLink',
  summary:
    'A link on which the person who asks signs in for a connection, in a browser in which they are signed in here',
  schema: {
    params: connectionParams,
    querystring: filterQuery,
    body: z.looseObject({ redirectUrl: z.string().optional() }).nullish(),
    response: { 200: z.object({ consentLink: z.string(), principalType: z.string(), redirectUrl: z.string() }) },
  },
  handler: async ({ services, principal, params, body }) => {
    await services.connections.get(params.connection, params.api);
    const returnTo = checkReturn(body?.redirectUrl ?? '');
    // A page of this server's own brings a code back to confirm; anything else is confirmed at once.
    const isConfirmed = returnTo !== '' && new URL(returnTo).origin === services.origin;
    const ticket = await services.accountLinks.begin(params.connection, principal.account.id, {
      returnTo,
      isConfirmed,
    });
    return {
      consentLink: `${services.origin}/oauth/consent/${ticket}`,
      principalType: 'ActiveDirectory',
      redirectUrl: returnTo,
    };
  },
});

/** Where a browser is sent after: a web page, and nothing that runs. */
function checkReturn(address: string): string {
  if (address === '') return '';
  const url = URL.parse(address);
  if (url !== null && /^https?:$/.test(url.protocol) && url.username === '') return url.href;
  throw new PlatformError('InvalidRequest', `redirectUrl is "${address}", which is no http or https address.`);
}

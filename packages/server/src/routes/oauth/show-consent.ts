import { z } from 'zod';
import { consentPage } from '../../account-linking/pages.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { isAllowed } from '../../http/permissions.ts';
import { defineRoute } from '../../http/route.ts';
import { sendPage } from '../sign-in/interaction.ts';
import { linkingBrowser } from './linking-browser.ts';

/** Says whose account is about to be linked to what; whoever is not signed in does that first. */
export const showConsent = defineRoute({
  method: 'GET',
  url: '/oauth/consent/:ticket',
  permission: 'anonymous',
  form: 'page',
  schema: { params: z.object({ ticket: z.string().max(200) }) },
  handler: async ({ services, params, request, reply }) => {
    const { principal } = await linkingBrowser(services, request);
    const address = `/oauth/consent/${encodeURIComponent(params.ticket)}`;
    if (principal === undefined) return reply.redirect(`/signin?return=${encodeURIComponent(address)}`);
    const { account, csrfToken } = principal;
    if (!isAllowed(account.role, 'connection.write')) {
      throw new PlatformError('Forbidden', `Your role, ${account.role}, may not make connections.`);
    }
    const { connection, access, settings } = await services.accountLinks.show(params.ticket, account.id);
    const environment = await services.environments.get(connection.environmentId);
    const { connector } = await services.connectors.compiled(connection.connectorName);
    return sendPage(
      reply,
      consentPage({
        action: address,
        csrfToken: csrfToken ?? '',
        person: account,
        provider: {
          host: services.accountLinks.providerHost(settings),
          ...(!settings.provider.name.startsWith('oauth2') && { title: settings.provider.title }),
        },
        connection: connection.displayName,
        connector: access.connector.displayName,
        environment: environment.displayName,
        apiHost: URL.parse(connector.baseUrl)?.host ?? connector.baseUrl,
        scopes: (settings.values['scopes'] ?? '').split(/[\s,]+/).filter((scope) => scope !== ''),
        cancelTo: `/connections/${encodeURIComponent(connection.name)}`,
      }),
    );
  },
});

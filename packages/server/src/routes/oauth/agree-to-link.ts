import { z } from 'zod';
import { leavePage } from '../../account-linking/pages.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { equalSecrets } from '../../http/authenticator.ts';
import { defineRoute } from '../../http/route.ts';
import { sendPage } from '../sign-in/interaction.ts';
import { linkingBrowser, markBrowser } from './linking-browser.ts';

/** The person agreed on the consent page: on to the identity provider. */
export const agreeToLink = defineRoute({
  method: 'POST',
  url: '/oauth/consent/:ticket',
  permission: 'anonymous',
  form: 'page',
  bodyForm: 'form',
  schema: { params: z.object({ ticket: z.string().max(200) }), body: z.object({ csrf: z.string().max(200) }) },
  handler: async ({ services, params, body, request, reply }) => {
    const browser = await linkingBrowser(services, request);
    const expected = browser.principal?.csrfToken;
    if (expected === undefined || expected === null || !equalSecrets(body.csrf, expected)) {
      throw new PlatformError('CsrfTokenInvalid', 'The page is of another session. Open it again.');
    }
    const { url } = await services.accountLinks.agree(params.ticket, browser, markBrowser(services, browser, reply));
    return sendPage(reply, leavePage(url));
  },
});

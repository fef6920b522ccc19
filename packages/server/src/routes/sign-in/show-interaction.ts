import { defineRoute } from '../../http/route.ts';
import { messagePage, passwordPage } from '../../identity/pages.ts';
import { useSignInLink } from '../../identity/sign-in-links.ts';
import { finishInteraction, sendPage } from './interaction.ts';
import { recallSignIn } from './sign-in-cookies.ts';

/** What the embedded issuer asks of a person: the link that they came with, or their password. */
export const showInteraction = defineRoute({
  method: 'GET',
  url: '/signin/interaction/:uid',
  permission: 'anonymous',
  form: 'page',
  schema: {},
  handler: async ({ services, request, reply }) => {
    const pending = await recallSignIn(services, request).catch(() => undefined);
    if (pending === undefined || pending.link === '') {
      return sendPage(reply, passwordPage({ action: request.url, email: '' }));
    }
    const account = await useSignInLink(services.store, pending.link);
    if (account !== undefined) return finishInteraction(services, request, reply, account);
    const text =
      'The link was used already or has expired. The server prints a fresh one at its next start, and administrators can make one.';
    return sendPage(
      reply.code(410),
      messagePage('This link does not work any more', text, { href: '/signin', text: 'Sign in with a password' }),
    );
  },
});

import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { LinkOutcome } from '../../account-linking/account-links.ts';
import { defineRoute, type RouteContext } from '../../http/route.ts';
import { messagePage } from '../../identity/pages.ts';
import type { Services } from '../../services/services.ts';
import { sendPage } from '../sign-in/interaction.ts';
import { linkingBrowser } from './linking-browser.ts';

const description = {
  method: 'GET',
  permission: 'anonymous',
  form: 'page',
} as const;

/** Back from an identity provider, at the address of one connector. */
export const completeLink = defineRoute({
  ...description,
  url: '/oauth/redirect/:connector',
  schema: { params: z.object({ connector: z.string() }) },
  handler: (context) => complete(context, context.params.connector),
});

/** Back at the address that connectors of old share. */
export const completeSharedLink = defineRoute({
  ...description,
  url: '/oauth/redirect',
  schema: {},
  handler: (context) => complete(context, undefined),
});

async function complete(
  { services, request, reply }: Pick<RouteContext<object>, 'services' | 'request' | 'reply'>,
  arrivedAt: string | undefined,
) {
  const query = new URL(request.url, services.origin).searchParams;
  const outcome = await services.accountLinks.arrive(arrivedAt, query, await linkingBrowser(services, request));
  return isOwn(services, outcome) && !outcome.isConfirmed
    ? answerPerson(reply, outcome)
    : answerClient(services, reply, outcome);
}

/** A person of the portal goes back to it, or is told here what went wrong. */
function answerPerson(reply: FastifyReply, { problem, returnTo, connection }: LinkOutcome) {
  if (problem === undefined) return reply.header('cache-control', 'no-store').redirect(returnTo);
  const link = { href: returnTo, text: `Back to ${connection.displayName}` };
  return sendPage(reply.code(400), messagePage('Nothing was linked', problem, link));
}

/** A client's own page is told by its query, as the ecosystem's clients expect: `code` to confirm, `error` in base64. */
function answerClient(services: Services, reply: FastifyReply, { returnTo, problem, code, connection }: LinkOutcome) {
  if (returnTo === '') {
    const text = problem ?? `${connection.displayName} is connected. You can close this page.`;
    return sendPage(reply, messagePage(problem === undefined ? 'Your account is linked' : 'Nothing was linked', text));
  }
  const target = new URL(returnTo, services.origin);
  if (problem !== undefined) target.searchParams.set('error', Buffer.from(problem, 'utf8').toString('base64'));
  else if (code !== undefined) target.searchParams.set('code', code);
  return reply.header('cache-control', 'no-store').redirect(target.href);
}

function isOwn({ origin }: Services, { returnTo }: LinkOutcome): boolean {
  return returnTo !== '' && new URL(returnTo, origin).origin === origin;
}

import { z } from 'zod';
import { PlatformError } from '../../errors/platform-error.ts';
import { defineRoute } from '../../http/route.ts';
import { hashPassword, minimumPasswordLength } from '../../identity/passwords.ts';
import { endOtherSessions } from '../sign-in/sign-in-cookies.ts';

export const putPassword = defineRoute({
  method: 'PUT',
  url: '/api/account/password',
  permission: 'session.own',
  form: 'problem',
  operationId: 'SetPassword',
  summary: 'Set the own password, and sign the account out everywhere else',
  rateLimit: { max: 10, timeWindowMs: 60_000 },
  schema: { body: z.object({ password: z.string().max(1024) }), response: { 204: null } },
  handler: async ({ services, principal, body: { password }, request, reply }) => {
    if ([...password].length < minimumPasswordLength) {
      throw new PlatformError('PasswordTooShort', `A password has at least ${minimumPasswordLength} characters.`);
    }
    await services.store.accounts.update(principal.account.id, { passwordHash: await hashPassword(password) });
    await endOtherSessions(services, request, principal.account.id);
    return reply.code(204).send();
  },
});

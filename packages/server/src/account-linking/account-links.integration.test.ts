import type { PendingLinkRepository } from '@patchbay/store';
import { expect, it, onTestFinished } from 'vitest';
import { startApiProvider } from '../test-platform/api-provider.ts';
import {
  agree,
  beginLink,
  letIn,
  linkAccount,
  type MembersPlatform,
  pathOf,
  redirectUrlOf,
  startMembersPlatform,
} from '../test-platform/members-platform.ts';
import { powerApps } from '../test-platform/start-things-platform.ts';
import { linkChecks } from './link-checks.ts';

async function platform(...given: Parameters<typeof startMembersPlatform>): Promise<MembersPlatform> {
  const started = await startMembersPlatform(...given);
  onTestFinished(() => started.stop());
  return started;
}

async function statusOf({ call }: MembersPlatform, connector: string, connection: string): Promise<unknown> {
  const { body } = await call('GET', `${powerApps}/apis/${connector}/connections/${connection}`);
  const { properties } = body as { readonly properties: { readonly statuses: unknown; readonly accountName?: string } };
  return { statuses: properties.statuses, accountName: properties.accountName };
}

function me({ call }: MembersPlatform, connection: string) {
  return call('POST', `/api/connections/${connection}/operations/GetMe/call`);
}

it('links the account of the person who signs in, and calls the API with it', async () => {
  const server = await platform();
  const connector = await server.connect();
  const connection = await server.connection(connector);
  expect(await statusOf(server, connector, connection)).toEqual({
    statuses: [
      {
        status: 'Error',
        target: 'token',
        error: { code: 'Unauthenticated', message: 'This connection is not authenticated. Sign in.' },
      },
    ],
  });
  expect((await me(server, connection)).body).toMatchObject({ code: 'SignInNeeded' });
  const ada = await server.person('ada');
  const last = await linkAccount(ada, connection, 'ada-at-the-api');
  expect([last.status, last.headers.location]).toEqual([302, `/connections/${connection}`]);
  expect(await statusOf(server, connector, connection)).toEqual({
    statuses: [{ status: 'Connected' }],
    accountName: undefined,
  });
  const answered = await me(server, connection);
  expect(answered.body).toMatchObject({ statusCode: 200, body: { account: 'ada-at-the-api' } });
});

/** Every check but those that are named. */
function without(...names: readonly string[]) {
  return { checks: linkChecks.filter((check) => !names.includes(check.name)) };
}

/** What became of a sign-in that should not have linked anything, or should have where a check is missing. */
async function outcomeOf(server: MembersPlatform, connection: string, last: { readonly status: number }) {
  const { status, body } = await me(server, connection);
  const answer = body as { readonly body?: { readonly account?: string }; readonly code?: string };
  return { arrival: last.status, call: status === 200 ? answer.body?.account : answer.code };
}

const refused = { arrival: 403, call: 'SignInNeeded' };

it.each([
  ['works without the check', without('own-connector'), { arrival: 302, call: 'ada' }],
  ['fails', {}, refused],
])('an answer that comes to the redirect URL of another connector %s', async (_name, options, expected) => {
  const server = await platform(options);
  const [connector, other] = [await server.connect(), await server.connect()];
  const connection = await server.connection(connector);
  const ada = await server.person('ada');
  const callback = new URL(await letIn(await agree(ada, await beginLink(ada, connection)), 'ada'));
  const path = `/oauth/redirect/${other.replace('shared_', '')}${callback.search}`;
  expect(await outcomeOf(server, connection, await ada.browser.send({ path }))).toEqual(expected);
});

it.each([
  ['works without the checks', without('own-browser', 'own-person'), { arrival: 302, call: 'ada' }],
  ['fails for another browser', without('own-person'), refused],
  ['fails for another person', without('own-browser'), refused],
  ['fails', {}, refused],
])('a sign-in that somebody else began and sent on %s', async (_name, options, expected) => {
  const server = await platform(options);
  const connection = await server.connection(await server.connect());
  const [mallory, ada] = [await server.person('mallory'), await server.person('ada')];
  const callback = await letIn(await agree(mallory, await beginLink(mallory, connection)), 'ada');
  const last = await ada.browser.send({ path: pathOf(callback) });
  expect(await outcomeOf(server, connection, last)).toEqual(expected);
});

it('keeps the consent page for the person who began', async () => {
  const server = await platform();
  const connection = await server.connection(await server.connect());
  const [mallory, ada] = [await server.person('mallory'), await server.person('ada')];
  const consent = await beginLink(mallory, connection);
  expect((await ada.browser.send({ path: consent })).status).toBe(403);
  expect(server.log()).toContain('"check":"own-ticket"');
  const page = String((await mallory.browser.send({ path: consent })).body);
  expect(page).toContain('mallory (mallory@example.org)');
  expect(page).toContain(new URL(server.provider.origin).host);
});

it.each([
  ['works where it is not used up', true, { arrival: 302, call: 'mallory' }],
  ['fails', false, { arrival: 403, call: 'ada' }],
])('a state that comes a second time %s', async (_name, isKept, expected) => {
  const find: PendingLinkRepository['take'] = (id, nowMs) => server.services.store.pendingLinks.find(id, nowMs);
  const server: MembersPlatform = await platform(isKept ? { takePending: find } : {});
  const connection = await server.connection(await server.connect());
  const ada = await server.person('ada');
  const authorization = await agree(ada, await beginLink(ada, connection));
  const [own, foreign] = [await letIn(authorization, 'ada'), await letIn(authorization, 'mallory')];
  expect((await ada.browser.send({ path: pathOf(own) })).status).toBe(302);
  const last = await ada.browser.send({ path: pathOf(foreign) });
  expect(await outcomeOf(server, connection, last)).toEqual(expected);
});

it.each([
  ['is told the code without the check', without('own-issuer'), 1],
  ['is told nothing', {}, 0],
])('a provider that passes another provider off as itself %s', async (_name, options, told) => {
  const server = await platform(options);
  const honest = await startApiProvider();
  onTestFinished(() => honest.stop());
  const connector = await server.connect();
  const connection = await server.connection(connector);
  const { clientId } = await honest.register({
    redirect_uris: [redirectUrlOf(await server.call('GET', `${powerApps}/apis/${connector}`))],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'client_secret_post',
  });
  const ada = await server.person('ada');
  const asked = new URL(await agree(ada, await beginLink(ada, connection)));
  asked.searchParams.set('client_id', clientId);
  const callback = await letIn(`${honest.origin}${asked.pathname}${asked.search}`, 'ada');
  const last = await ada.browser.send({ path: pathOf(callback) });
  expect([last.status >= 400, (await me(server, connection)).status]).toEqual([true, 409]);
  const refusals = Object.entries(await server.provider.counts()).filter(([name]) => name.startsWith('authorization'));
  expect(refusals.length).toBe(told);
});

it('refuses an answer that does not say which provider it is of, where the provider announces to', async () => {
  const server = await platform();
  const connection = await server.connection(await server.connect());
  const ada = await server.person('ada');
  const callback = new URL(await letIn(await agree(ada, await beginLink(ada, connection)), 'ada'));
  expect(callback.searchParams.get('iss')).toBe(server.provider.origin);
  callback.searchParams.delete('iss');
  expect((await ada.browser.send({ path: pathOf(callback.href) })).status).toBe(403);
});

it('lets a client of the compatible surface ask for a consent link and confirm the code', async () => {
  const server = await platform();
  const connector = await server.connect();
  const connection = await server.connection(connector);
  const at = `${powerApps}/apis/${connector}/connections/${connection}`;
  const ada = await server.person('ada');
  const ask = (path: string, body: object) =>
    ada.browser.send({ method: 'POST', path, headers: { 'x-csrf-token': ada.csrfToken }, body });
  const { body } = await ask(`${at}/getConsentLink`, { redirectUrl: `${server.origin}/oauth/redirect?oauthPopupId=1` });
  const { consentLink } = body as { readonly consentLink: string };
  const back = await ada.browser.send({ path: pathOf(await letIn(await agree(ada, consentLink), 'ada')) });
  const target = new URL(back.headers.location ?? '');
  expect([target.pathname, target.searchParams.get('oauthPopupId')]).toEqual(['/oauth/redirect', '1']);
  expect((await me(server, connection)).status).toBe(409);
  const code = target.searchParams.get('code') ?? '';
  expect((await ask(`${at}/confirmConsentCode`, { code })).status).toBe(200);
  expect((await me(server, connection)).body).toMatchObject({ body: { account: 'ada' } });
  expect((await ask(`${at}/confirmConsentCode`, { code })).status).toBe(403);
});

it('confirms at once for a page that is not its own', async () => {
  const server = await platform();
  const connector = await server.connect();
  const connection = await server.connection(connector);
  const at = `${powerApps}/apis/${connector}/connections/${connection}`;
  const ada = await server.person('ada');
  const { body } = await ada.browser.send({
    method: 'POST',
    path: `${at}/getConsentLink`,
    headers: { 'x-csrf-token': ada.csrfToken },
    body: { redirectUrl: 'http://localhost:4999/callback' },
  });
  const { consentLink } = body as { readonly consentLink: string };
  const back = await ada.browser.send({ path: pathOf(await letIn(await agree(ada, consentLink), 'ada')) });
  expect(back.headers.location).toBe('http://localhost:4999/callback');
  expect((await me(server, connection)).body).toMatchObject({ body: { account: 'ada' } });
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Browser } from '../test-platform/browser.ts';
import { send } from '../test-platform/http-client.ts';
import { startPlatformWithoutAccounts } from '../test-platform/start-test-platform.ts';

/** People of an organisation, as its issuer knows them. */
const people: { readonly [subject: string]: { readonly roles: readonly string[] } } = {
  ada: { roles: ['everyone', 'patchbay-administrator'] },
  max: { roles: ['patchbay-maker'] },
  eve: { roles: ['everyone'] },
};

type Issuer = { readonly origin: string; readonly close: () => Promise<void> };

/** Another issuer than the embedded one, on a port of its own: whoever comes as `?login_hint=…` is signed in at once. */
async function startIssuer(redirectUri: () => string): Promise<Issuer> {
  const server: Server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(origin, {
    clients: [
      {
        client_id: 'patchbay-portal',
        client_secret: 'the-portal-secret',
        token_endpoint_auth_method: 'client_secret_post',
        redirect_uris: [redirectUri()],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub', 'roles'], profile: ['name'], email: ['email'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/sign-in/${uid}` },
    findAccount: (_ctx, sub) => ({
      accountId: sub,
      claims: () => ({ sub, name: sub, email: `${sub}@example.org`, roles: [...(people[sub]?.roles ?? [])] }),
    }),
    loadExistingGrant: async (ctx) => {
      const { client, session } = ctx.oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grant = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
  });
  const serve = provider.callback();
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/sign-in/') !== true) void serve(request, response);
    else {
      void provider.interactionFinished(request, response, {
        login: { accountId: String(request.headers['x-person']) },
      });
    }
  });
  return {
    origin,
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

let issuer: Issuer;
let origin: string;
let stop: () => Promise<void>;
beforeAll(async () => {
  let redirectUri = '';
  const port = await new Promise<number>((settle) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address() as AddressInfo;
      probe.close(() => settle(free));
    });
  });
  redirectUri = `http://127.0.0.1:${port}/signin/callback`;
  issuer = await startIssuer(() => redirectUri);
  const server = await startPlatformWithoutAccounts({
    PORT: String(port),
    PATCHBAY_OIDC_ISSUER: issuer.origin,
    PATCHBAY_OIDC_CLIENT_SECRET: 'the-portal-secret',
    PATCHBAY_OIDC_ROLE_CLAIM: 'roles',
    PATCHBAY_OIDC_ADMINISTRATOR_ROLE: 'patchbay-administrator',
    PATCHBAY_OIDC_MAKER_ROLE: 'patchbay-maker',
  });
  ({ origin, stop } = server);
});
afterAll(async () => {
  await stop();
  await issuer.close();
});

/** Goes through the sign-in as a person of the organisation, over both servers. */
async function signInAs(person: string) {
  const browsers = { [origin]: new Browser(origin), [issuer.origin]: new Browser(issuer.origin) };
  let url = new URL('/signin', origin);
  for (let hop = 0; hop < 12; hop += 1) {
    const answer = await browsers[url.origin]?.send({
      path: url.pathname + url.search,
      headers: { 'x-person': person },
    });
    if (answer?.headers.location === undefined) break;
    url = new URL(answer.headers.location, url);
  }
  const browser = browsers[origin];
  const session = await browser?.send({ path: '/api/session' });
  const connectors = await browser?.send({ path: '/providers/Microsoft.PowerApps/apis' });
  return { end: url.pathname, session: session?.body, connectors: connectors?.status };
}

it.each([
  ['ada', 'administrator', 200],
  ['max', 'maker', 200],
  ['eve', 'none', 403],
])('signs %s in at another issuer as %s, through the same code', async (person, role, connectors) => {
  expect(await signInAs(person)).toEqual({
    end: '/',
    session: {
      account: {
        id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        displayName: person,
        email: `${person}@example.org`,
        role,
        hasPassword: false,
      },
      csrfToken: expect.any(String),
    },
    connectors,
  });
});

it('names the issuer to the command line, and has none of its own', async () => {
  const about = await send(origin, { path: '/api/about' });
  expect(about.body).toMatchObject({ issuer: issuer.origin, cliClientId: 'patchbay-cli' });
  const own = await send(origin, { path: '/oidc/.well-known/openid-configuration' });
  expect({ status: own.status, body: own.body }).toMatchObject({
    status: 404,
    body: { code: 'NotFound', detail: 'People sign in at another issuer.' },
  });
});

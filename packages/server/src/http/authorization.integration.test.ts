import { fastify, type LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { routes } from '../routes/index.ts';
import { addAccount, signIn, signInDevice, type Visitor } from '../test-platform/people.ts';
import { startTestPlatform, type TestPlatform } from '../test-platform/start-test-platform.ts';
import { isAllowed, type Permission } from './permissions.ts';
import { refuseUnguardedRoutes } from './register-routes.ts';

let server: TestPlatform;
let maker: Visitor;
const tokens = { none: '', maker: '', administrator: '' };

beforeAll(async () => {
  server = await startTestPlatform();
  const { services, administrator } = server;
  maker = await signIn(services, await addAccount(services, 'maker', 'maker'));
  const nobody = await signIn(services, await addAccount(services, 'none', 'nobody'));
  tokens.none = (await signInDevice(services, nobody)).access_token;
  tokens.maker = (await signInDevice(services, maker)).access_token;
  tokens.administrator = (await signInDevice(services, await signIn(services, administrator))).access_token;
});
afterAll(() => server.stop());

/** Every endpoint of the table, one row a method, with HEAD where the framework adds it; addresses name nothing that exists. */
const endpoints = routes.flatMap(({ method, url, permission, form }) => {
  const methods = typeof method === 'string' ? [method] : [...method];
  const all = methods.includes('GET') && !methods.includes('HEAD') ? [...methods, 'HEAD' as const] : methods;
  const path = url.replace(':kind', 'TriggerInputs').replace(/:\w+/g, 'x').replace('*', 'x');
  return all.map((one) => ({ method: one, url, path, permission, form }));
});
type Endpoint = (typeof endpoints)[number];

const isPublic = (permission: Permission): boolean => permission === 'anonymous' || permission === 'signed';
const guarded = endpoints.filter(({ permission }) => !isPublic(permission));
const isSafe = ({ method }: Endpoint): boolean => method === 'GET' || method === 'HEAD';

/** The status and the code of an answer; a HEAD has no body to carry one. */
async function outcome({ method, path, form }: Endpoint, headers: { readonly [name: string]: string }) {
  const response = await server.platform.app.inject({ method, url: path, headers });
  return method === 'HEAD' ? `${response.statusCode}` : `${response.statusCode} ${codeOf(response, form)}`;
}

function codeOf(response: LightMyRequestResponse, form: Endpoint['form']): string {
  if (response.statusCode < 400) return '';
  const isProblem = response.headers['content-type']?.startsWith('application/problem+json') === true;
  const body: unknown = response.json();
  if (form === 'problem') return isProblem ? (body as { code: string }).code : 'not a problem document';
  return (body as { error: { code: string } }).error.code;
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const withCode = ({ method }: Endpoint, status: number, code: string): string =>
  method === 'HEAD' ? `${status}` : `${status} ${code}`;

it.each(guarded)('$method $url is refused to who is not known', async (endpoint) => {
  const [, claims = ''] = tokens.administrator.split('.');
  const unsigned = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${claims}.`;
  const forged = `${tokens.administrator.slice(0, -8)}AAAAAAAA`;
  expect({
    nothing: await outcome(endpoint, {}),
    garbage: await outcome(endpoint, bearer('garbage')),
    forged: await outcome(endpoint, bearer(forged)),
    unsigned: await outcome(endpoint, bearer(unsigned)),
    otherScheme: await outcome(endpoint, { authorization: `Basic ${tokens.administrator}` }),
    unknownSession: await outcome(endpoint, { cookie: 'patchbay_session=garbage' }),
    // A wrong token is not made good by a session beside it.
    tokenBesideSession: await outcome(endpoint, { ...maker.headers, ...bearer('garbage') }),
  }).toEqual({
    nothing: withCode(endpoint, 401, 'Unauthenticated'),
    garbage: withCode(endpoint, 401, 'Unauthenticated'),
    forged: withCode(endpoint, 401, 'Unauthenticated'),
    unsigned: withCode(endpoint, 401, 'Unauthenticated'),
    otherScheme: withCode(endpoint, 401, 'Unauthenticated'),
    unknownSession: withCode(endpoint, 401, 'Unauthenticated'),
    tokenBesideSession: withCode(endpoint, 401, 'Unauthenticated'),
  });
});

it.each(guarded)('$method $url asks each role for $permission', async (endpoint) => {
  const forbidden = withCode(endpoint, 403, 'Forbidden');
  const unknown = withCode(endpoint, 401, 'Unauthenticated');
  const answers: { [role: string]: 'in' | 'out' } = {};
  const expected: { [role: string]: 'in' | 'out' } = {};
  for (const [role, token] of Object.entries(tokens)) {
    const answer = await outcome(endpoint, bearer(token));
    expect(answer).not.toBe(unknown);
    answers[role] = answer === forbidden ? 'out' : 'in';
    expected[role] = isAllowed(role, endpoint.permission) ? 'in' : 'out';
  }
  expect(answers).toEqual(expected);
});

it.each(guarded.filter((endpoint) => !isSafe(endpoint) && endpoint.permission !== 'environment.administer'))(
  '$method $url needs more than the cookie of a session',
  async (endpoint) => {
    const { cookie = '' } = maker.headers;
    const account = endpoint.permission === 'account.administer';
    const refusedAs = (code: string): string => withCode(endpoint, 403, account ? 'Forbidden' : code);
    expect({
      cookieAlone: await outcome(endpoint, { cookie }),
      otherToken: await outcome(endpoint, { cookie, 'x-csrf-token': 'x' }),
      otherOrigin: await outcome(endpoint, { ...maker.headers, origin: 'https://elsewhere.example' }),
      opaqueOrigin: await outcome(endpoint, { ...maker.headers, origin: 'null' }),
    }).toEqual(
      // OPTIONS changes nothing, so a raw call with it needs no token of the page.
      endpoint.method === 'OPTIONS'
        ? {
            cookieAlone: '404 ConnectionNotFound',
            otherToken: '404 ConnectionNotFound',
            otherOrigin: '404 ConnectionNotFound',
            opaqueOrigin: '404 ConnectionNotFound',
          }
        : {
            cookieAlone: refusedAs('CsrfTokenInvalid'),
            otherToken: refusedAs('CsrfTokenInvalid'),
            otherOrigin: refusedAs('OriginRefused'),
            opaqueOrigin: refusedAs('OriginRefused'),
          },
    );
  },
);

it.each(endpoints.filter(({ permission }) => permission === 'signed'))(
  '$method $url is refused without a signature, whoever asks',
  async (endpoint) => {
    const refused = withCode(endpoint, 401, 'SignatureInvalid');
    expect({
      nothing: await outcome(endpoint, {}),
      administrator: await outcome(endpoint, bearer(tokens.administrator)),
    }).toEqual({ nothing: refused, administrator: refused });
  },
);

it('is open to everybody at these addresses and no other', () => {
  const open = endpoints.filter(({ permission }) => permission === 'anonymous');
  expect([...new Set(open.map(({ url }) => url))].sort()).toMatchInlineSnapshot(`
    [
      "/*",
      "/api/about",
      "/api/management/openapi.json",
      "/api/openapi.json",
      "/healthz",
      "/metrics",
      "/oauth/consent/:ticket",
      "/oauth/redirect",
      "/oauth/redirect/:connector",
      "/oidc/*",
      "/readyz",
      "/signin",
      "/signin/callback",
      "/signin/interaction/:uid",
      "/signin/style.css",
    ]
  `);
});

it('gives each role these permissions', () => {
  const permissions = [...new Set(guarded.map(({ permission }) => permission))].sort();
  const table = permissions.map((permission) => [
    permission,
    ...Object.keys(tokens).filter((role) => isAllowed(role, permission)),
  ]);
  expect(table.map((row) => row.join(' '))).toMatchInlineSnapshot(`
    [
      "account.administer administrator",
      "connection.read maker administrator",
      "connection.use maker administrator",
      "connection.write maker administrator",
      "connector.read maker administrator",
      "connector.write maker administrator",
      "environment.administer administrator",
      "environment.read maker administrator",
      "flow.read maker administrator",
      "flow.run maker administrator",
      "flow.write maker administrator",
      "run.cancel maker administrator",
      "run.read maker administrator",
      "session.own none maker administrator",
    ]
  `);
});

it('gives a role that the table does not know nothing', () => {
  expect(['owner', '', '__proto__', 'constructor'].map((role) => isAllowed(role, 'session.own'))).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

it('stops the start when a route has no permission', async () => {
  const app = fastify();
  refuseUnguardedRoutes(app);
  expect(() => app.get('/open', async () => 'in')).toThrow(
    'The route GET /open has no permission; give it one in its definition.',
  );
  await app.close();
});

it('does not take an id token for an access token', async () => {
  const { services, administrator } = server;
  const { id_token } = (await signInDevice(services, await signIn(services, administrator))) as unknown as {
    readonly id_token: string;
  };
  const { statusCode } = await server.platform.app.inject({ url: '/api/session', headers: bearer(id_token) });
  expect(statusCode).toBe(401);
});

it('feels a change of role at the next request after it is told', async () => {
  const { services } = server;
  const account = await addAccount(services, 'maker', 'moved');
  const { access_token } = await signInDevice(services, await signIn(services, account));
  const status = async () =>
    (await server.platform.app.inject({ url: '/api/connectors/x/operations', headers: bearer(access_token) }))
      .statusCode;
  expect(await status()).toBe(404);
  await services.store.accounts.update(account.id, { role: 'none' });
  services.authenticator.forgetAll();
  expect(await status()).toBe(403);
});

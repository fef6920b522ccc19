import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashSecret } from '../http/authenticator.ts';
import { Browser, formOf } from '../test-platform/browser.ts';
import { type HttpAnswer, send } from '../test-platform/http-client.ts';
import { addAccount, beginDevice, redeemDevice, signIn, signInDevice } from '../test-platform/people.ts';
import { startTestPlatform, type TestPlatform } from '../test-platform/start-test-platform.ts';
import { createSignInLink } from './sign-in-links.ts';

let server: TestPlatform;
beforeAll(async () => {
  server = await startTestPlatform();
});
afterAll(() => server.stop());

const linkFor = (id: string, returnTo?: string) => createSignInLink(server.services.store, server.origin, id, returnTo);
const emailIn = async (browser: Browser): Promise<unknown> => {
  const { status, body } = await browser.send({ path: '/api/session' });
  return status === 200 ? (body as { readonly account: { readonly email: string } }).account.email : status;
};
/** The heading and the paragraphs of a page, as a person reads them. */
const readPage = ({ status, body }: HttpAnswer) => ({
  status,
  text: [...String(body).matchAll(/<(?:h1|p)[^>]*>(.*?)<\/(?:h1|p)>/gs)].map(([, text = '']) =>
    text.replace(/<[^>]+>/g, ''),
  ),
});
const usedUp = {
  status: 410,
  text: [
    'This link does not work any more',
    'The link was used already or has expired. The server prints a fresh one at its next start, and administrators can make one.',
    'Sign in with a password',
  ],
};

it('signs in with a one-time link, once', async () => {
  const link = await linkFor(server.administrator.id);
  const browser = new Browser(server.origin);
  const { visited } = await browser.visit(link);
  expect(visited.map((path) => path.replace(/\?.*/, '?').replace(/[\w-]{43}/, 'UID'))).toEqual([
    '/signin?',
    '/oidc/auth?',
    '/signin/interaction/UID',
    '/oidc/auth/UID',
    '/signin/callback?',
    '/',
  ]);
  expect(await emailIn(browser)).toBe('admin@localhost');
  const second = new Browser(server.origin);
  expect(readPage((await second.visit(link)).last)).toEqual(usedUp);
  expect(await emailIn(second)).toBe(401);
});

it('lets one of two who use a link at once in', async () => {
  const link = await linkFor(server.administrator.id);
  const browsers = [new Browser(server.origin), new Browser(server.origin)];
  await Promise.all(browsers.map((browser) => browser.visit(link)));
  const who = await Promise.all(browsers.map(emailIn));
  expect(who.sort()).toEqual([401, 'admin@localhost']);
});

it('refuses a link that has expired, and one that never was', async () => {
  const { store } = server.services;
  const link = new URL(await linkFor(server.administrator.id));
  const taken = await store.sessions.takeSignInLink(hashSecret(link.searchParams.get('link') ?? ''), Date.now());
  if (taken === undefined) throw new Error('no link');
  await store.sessions.insertSignInLink({ ...taken, expiresAtMs: Date.now() - 1 });
  for (const address of [link.href, `${server.origin}/signin?link=never`]) {
    expect(readPage((await new Browser(server.origin).visit(address)).last)).toEqual(usedUp);
  }
});

it('signs in whom a link was made for, whoever was signed in before', async () => {
  const { services, administrator } = server;
  const other = await addAccount(services, 'maker', 'other');
  const { browser } = await signIn(services, administrator);
  const before = browser.cookie;
  await browser.visit(await linkFor(other.id));
  expect(await emailIn(browser)).toBe('other@example.org');
  const { status } = await send(server.origin, { path: '/api/session', headers: { cookie: before } });
  expect(status).toBe(401);
});

it('keeps the session in a cookie that scripts and other sites do not get', async () => {
  const browser = new Browser(server.origin);
  const { visited } = await browser.visit(await linkFor(server.administrator.id));
  const set = browser.setCookies.filter((cookie) => cookie.startsWith('patchbay_'));
  expect(visited.length).toBe(6);
  expect(set.map((cookie) => cookie.replace(/=[\w-]{20,}/, '=VALUE'))).toMatchInlineSnapshot(`
    [
      "patchbay_signin=VALUE; Max-Age=1800; Path=/signin; HttpOnly; SameSite=Lax",
      "patchbay_signin=; Max-Age=0; Path=/signin; Expires=Thu, 01 Jan 1970 00:00:00 GMT; SameSite=Lax",
      "patchbay_session=VALUE; Max-Age=1209600; Path=/; HttpOnly; SameSite=Lax",
    ]
  `);
  const secret = /patchbay_session=([\w-]+)/.exec(browser.cookie)?.[1] ?? '';
  // 256 bits, and kept as a hash.
  expect(Buffer.from(secret, 'base64url').length).toBe(32);
  expect(await server.services.store.sessions.find(secret, Date.now())).toBeUndefined();
});

it('marks its cookies for TLS only where people reach it by https', async () => {
  const behindProxy = await startTestPlatform({ PATCHBAY_PUBLIC_URL: 'https://patchbay.example' });
  const { services, administrator } = behindProxy;
  const socketOrigin = `http://127.0.0.1:${services.configuration.port}`;
  const browser = new Browser(services.origin, socketOrigin);
  await browser.visit(await createSignInLink(services.store, services.origin, administrator.id));
  expect(await emailIn(browser)).toBe('admin@localhost');
  expect(browser.setCookies.filter((cookie) => !/; *secure/i.test(cookie) && !/1970/.test(cookie))).toEqual([]);
  await behindProxy.stop();
});

it('gives a new secret at every sign-in, never one that the browser brought', async () => {
  const planted = 'A'.repeat(43);
  const browser = new Browser(server.origin);
  await browser.send({ path: '/healthz' });
  browser.plant('patchbay_session', planted);
  await browser.visit(await linkFor(server.administrator.id));
  expect(await emailIn(browser)).toBe('admin@localhost');
  expect(browser.cookie).not.toContain(planted);
});

it('completes a sign-in only in the browser that began it, and only once', async () => {
  const browser = new Browser(server.origin);
  const { visited } = await browser.visit(await linkFor(server.administrator.id));
  const callback = visited.find((path) => path.startsWith('/signin/callback')) ?? '';
  const elsewhere = await new Browser(server.origin).send({ path: callback });
  expect(readPage(elsewhere)).toEqual({
    status: 401,
    text: [
      'Sign-in is needed',
      'This sign-in was not begun in this browser, or took too long. Begin again.',
      '401 Unauthorized',
      'Back to Patchbay',
    ],
  });
  // Begun by somebody else in the victim's browser, with the attacker's code: the state is another one.
  const victim = new Browser(server.origin);
  await victim.send({ path: '/signin' });
  const forced = readPage(await victim.send({ path: callback }));
  expect({ ...forced, text: forced.text[0] }).toEqual({ status: 401, text: 'Sign-in is needed' });
  expect(await emailIn(victim)).toBe(401);
});

it.each([
  ['/flows?x=1', '/flows?x=1'],
  ['https://elsewhere.example/', '/'],
  ['//elsewhere.example/', '/'],
  ['/\\elsewhere.example/', '/'],
  ['javascript:alert(1)', '/'],
  ['/\t/elsewhere.example', '/'],
  ['/.//elsewhere.example', '/'],
  ['/a/..//elsewhere.example', '/'],
  ['flows', '/'],
])('leads back to %s as %s', async (given, expected) => {
  const browser = new Browser(server.origin);
  const { visited } = await browser.visit(await linkFor(server.administrator.id, given));
  expect(visited.at(-1)).toBe(expected);
});

const wrongPassword = {
  status: 401,
  text: [
    'Sign in',
    'That address and password do not belong together. Check both, or use a one-time sign-in link.',
    'No password yet? Use the one-time sign-in link that the server printed or an administrator gave you.',
  ],
};

async function signInWithPassword(email: string, password: string) {
  const browser = new Browser(server.origin);
  const page = (await browser.visit('/signin')).last;
  const { action } = formOf(String(page.body));
  const { last } = await browser.submit(action, { email, password });
  return { browser, page, last };
}

it('sets a password, signs in with it, and tells nobody which part was wrong', async () => {
  const { services } = server;
  const ada = await signIn(services, await addAccount(services, 'maker', 'ada'));
  const put = (password: string) =>
    ada.browser.send({
      method: 'PUT',
      path: '/api/account/password',
      headers: { 'x-csrf-token': ada.csrfToken },
      body: { password },
    });
  const short = await put('too short');
  expect({ status: short.status, body: short.body }).toEqual({
    status: 400,
    body: {
      type: 'urn:patchbay:error:PasswordTooShort',
      title: 'The password is too short',
      status: 400,
      detail: 'A password has at least 12 characters.',
      code: 'PasswordTooShort',
    },
  });
  const password = 'zwölf Zeichen und mehr';
  const elsewhere = await signIn(services, ada.account);
  const { refresh_token } = await signInDevice(services, elsewhere);
  expect((await put(password)).status).toBe(204);
  // Whoever else was signed in is out; who set the password is not.
  expect(await emailIn(ada.browser)).toBe('ada@example.org');
  expect(await emailIn(elsewhere.browser)).toBe(401);
  expect((await refresh(refresh_token)).status).toBe(400);
  const good = await signInWithPassword('ADA@example.org ', password.normalize('NFD'));
  expect(await emailIn(good.browser)).toBe('ada@example.org');
  const [wrong, unknown, none] = await Promise.all([
    signInWithPassword('ada@example.org', 'another password'),
    signInWithPassword('nobody@example.org', password),
    signInWithPassword('admin@localhost', ''),
  ]);
  expect([wrong, unknown, none].map(({ last }) => readPage(last))).toEqual([
    wrongPassword,
    wrongPassword,
    wrongPassword,
  ]);
  expect(await emailIn(wrong.browser)).toBe(401);
});

it('shows what was typed as text, on a page where nothing runs', async () => {
  const { last } = await signInWithPassword('"><script>alert(1)</script>', 'x');
  expect(String(last.body)).not.toContain('<script');
  expect({
    policy: last.headers['content-security-policy'],
    cache: last.headers['cache-control'],
    sniff: last.headers['x-content-type-options'],
  }).toEqual({
    policy: "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    cache: 'no-store',
    sniff: 'nosniff',
  });
});

it('takes passwords only as a form, so that no body is read as something else', async () => {
  const browser = new Browser(server.origin);
  const { action } = formOf(String((await browser.visit('/signin')).last.body));
  const answer = await browser.send({ method: 'POST', path: action, body: { email: 'a', password: 'b' } });
  expect(answer.status).toBe(415);
});

it('lets nobody guess passwords for long', async () => {
  const alone = await startTestPlatform();
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const answer = await send(alone.origin, {
      method: 'POST',
      path: '/signin/interaction/x',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `email=admin%40localhost&password=guess${attempt}`,
    });
    statuses.push(answer.status);
  }
  expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
  await alone.stop();
});

it('signs out: neither the cookie nor the issuer knows the person any more', async () => {
  const { browser, csrfToken } = await signIn(server.services, server.administrator);
  const before = browser.cookie;
  const forged = await browser.send({ method: 'POST', path: '/signout' });
  expect(forged.status).toBe(403);
  const answer = await browser.send({ method: 'POST', path: '/signout', headers: { 'x-csrf-token': csrfToken } });
  expect(answer.status).toBe(204);
  expect(browser.cookie).not.toContain('patchbay_session');
  const replay = async (path: string) => {
    const kept = new Browser(server.origin);
    for (const pair of before.split('; '))
      kept.plant(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    return (await kept.visit(path)).last;
  };
  expect((await replay('/api/session')).status).toBe(401);
  // Not even with the issuer's own cookie of before: it asks for a password.
  expect(readPage(await replay('/signin')).text[0]).toBe('Sign in');
});

function refresh(token: string) {
  return send(server.origin, {
    method: 'POST',
    path: '/oidc/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      client_id: 'patchbay-cli',
      grant_type: 'refresh_token',
      refresh_token: token,
      resource: server.origin,
    }).toString(),
  });
}

it('signs a command line in once the person has confirmed its code, and refreshes it', async () => {
  const { services, origin } = server;
  const device = await beginDevice(origin);
  const pending = await redeemDevice(origin, device.device_code);
  expect(pending.body).toMatchObject({ error: 'authorization_pending' });
  const person = await signIn(services, await addAccount(services, 'maker', 'device'));
  const tokens = await signInDevice(services, person);
  const whoami = (token: string) =>
    send(origin, { path: '/api/session', headers: { authorization: `Bearer ${token}` } });
  const session = await whoami(tokens.access_token);
  expect({ status: session.status, body: session.body }).toEqual({
    status: 200,
    body: {
      account: {
        id: person.account.id,
        displayName: 'device',
        email: 'device@example.org',
        role: 'maker',
        hasPassword: false,
      },
      csrfToken: null,
    },
  });
  const refreshed = (await refresh(tokens.refresh_token)).body as typeof tokens;
  expect((await whoami(refreshed.access_token)).status).toBe(200);
  // A refresh token that comes a second time was stolen by one of two: neither gets further.
  expect((await refresh(tokens.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
  expect((await refresh(refreshed.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
});

it('gives a device nothing when the person cancels, and a code only once', async () => {
  const { services, origin, administrator } = server;
  const { browser } = await signIn(services, administrator);
  const device = await beginDevice(origin);
  const code = formOf(String((await browser.visit(device.verification_uri_complete)).last.body));
  const confirmation = formOf(String((await browser.submit(code.action, code.fields)).last.body));
  await browser.submit(confirmation.action, { ...confirmation.fields, abort: 'yes' });
  expect((await redeemDevice(origin, device.device_code)).body).toMatchObject({ error: 'access_denied' });
  expect((await redeemDevice(origin, device.device_code)).body).toMatchObject({ error: 'invalid_grant' });
});

it('does not let another site confirm a device for a person', async () => {
  const { services, origin, administrator } = server;
  const { browser } = await signIn(services, administrator);
  const device = await beginDevice(origin);
  await browser.visit(device.verification_uri_complete);
  await browser.submit('/oidc/device', { user_code: device.user_code, confirm: 'yes', xsrf: 'guessed' });
  expect((await redeemDevice(origin, device.device_code)).body).toMatchObject({ error: 'authorization_pending' });
});

const authorizationRequest = {
  client_id: 'patchbay-portal',
  response_type: 'code',
  scope: 'openid',
  code_challenge: 'A'.repeat(43),
  code_challenge_method: 'S256',
};

it.each([
  ['without PKCE', { code_challenge: undefined }, 'invalid_request'],
  ['with a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
  ['for a token in the address', { response_type: 'id_token token' }, 'unsupported_response_type'],
  ['for the tokens of another server', { resource: 'https://elsewhere.example' }, 'invalid_target'],
])('refuses an authorization request %s', async (_what, change, error) => {
  const { origin } = server;
  const parameters = { ...authorizationRequest, redirect_uri: `${origin}/signin/callback`, ...change };
  const query = new URLSearchParams(
    Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const { headers } = await send(origin, { path: `/oidc/auth?${query}` });
  const location = new URL(headers.location ?? '', origin);
  const answered = new URLSearchParams(location.hash === '' ? location.search : location.hash.slice(1));
  expect(answered.get('error')).toBe(error);
});

it('sends nobody to an address that is not its own', async () => {
  const { origin } = server;
  const query = new URLSearchParams({ ...authorizationRequest, redirect_uri: 'https://elsewhere.example/callback' });
  const answer = await send(origin, { path: `/oidc/auth?${query}` });
  expect({ location: answer.headers.location, page: readPage(answer).text[0] }).toEqual({
    location: undefined,
    page: 'Sign-in did not work',
  });
});

it('speaks of itself under its own origin, whatever a caller claims to have come by', async () => {
  const { origin } = server;
  const headers = { 'x-forwarded-host': 'elsewhere.example', 'x-forwarded-proto': 'https' };
  const { body } = await send(origin, { path: '/oidc/.well-known/openid-configuration', headers });
  const addresses = JSON.stringify(body).match(/https?:\/\/[^/"]+/g);
  expect([...new Set(addresses)]).toEqual([origin]);
});

it.each(['/oidc/reg', '/oidc/token/introspection', '/oidc/session/end', '/oidc/request', '/oidc/backchannel'])(
  'has no %s',
  async (path) => {
    const statuses = await Promise.all(
      ['GET', 'POST'].map(async (method) => (await send(server.origin, { method, path })).status),
    );
    expect(statuses).toEqual([404, 404]);
  },
);

it.each(['elsewhere.example', '127.0.0.1.elsewhere.example', 'localhost.elsewhere.example', '0.0.0.0', '10.0.0.1:80'])(
  'does not answer under the name "%s"',
  async (host) => {
    const paths = [
      '/',
      '/api/about',
      '/providers/Microsoft.PowerApps/apis',
      '/healthz',
      '/signin',
      '/oidc/jwks',
      '/nothing',
    ];
    const answers = await Promise.all(paths.map((path) => send(server.origin, { path, headers: { host } })));
    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 421));
    expect(answers[1]?.body).toEqual({
      type: 'urn:patchbay:error:HostRefused',
      title: 'The server does not answer under this host name',
      status: 421,
      detail: `This server does not answer under the name "${host.replace(/:\d+$/, '')}". Set PATCHBAY_PUBLIC_URL if it should.`,
      code: 'HostRefused',
    });
  },
);

it.each(['localhost', 'LOCALHOST:4310', '127.0.0.1', '127.1.2.3:80', '[::1]:4310'])(
  'answers this machine under the name "%s"',
  async (host) => {
    expect((await send(server.origin, { path: '/healthz', headers: { host } })).status).toBe(200);
  },
);

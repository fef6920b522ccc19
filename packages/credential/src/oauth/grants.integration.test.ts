import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CredentialError } from '../errors.ts';
import { buildAuthorizationRequest } from './authorization-request.ts';
import { discoverAddresses, discoveryAddress, withAddresses } from './complete-settings.ts';
import type { OAuthSettings, TokenSet } from './contract.ts';
import { redeemCode } from './grants/authorization-code.ts';
import { beginDevice, redeemDevice } from './grants/device-code.ts';
import { requestOnBehalfOf } from './grants/on-behalf-of.ts';
import { obtainTokens } from './obtain-tokens.ts';
import { identityProviders } from './provider-table.ts';
import { type OAuthDescription, resolveOAuthSettings } from './resolve-settings.ts';

type Received = {
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: { readonly [name: string]: string };
};

/** A token endpoint that answers as told and keeps what it was asked. */
const endpoint = {
  received: [] as Received[],
  answer: { status: 200, type: 'application/json', body: '' },
  origin: '',
};

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
  endpoint.received.push({ target: request.url ?? '', headers: request.headers, body });
  response.writeHead(endpoint.answer.status, { 'content-type': endpoint.answer.type }).end(endpoint.answer.body);
});

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  endpoint.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  endpoint.received.length = 0;
  answer({ access_token: 'a', token_type: 'bearer', expires_in: 3600 });
});

function answer(body: object | string, status = 200, type = 'application/json'): void {
  endpoint.answer = { status, type, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

const access = { fetch, nowMs: () => 1_000_000 };

function settings(more: Partial<OAuthDescription> = {}): OAuthSettings {
  return resolveOAuthSettings({
    identityProvider: 'oauth2',
    clientId: 'me',
    scopes: ['read write'],
    customParameters: { authorizationUrl: `${endpoint.origin}/auth`, tokenUrl: `${endpoint.origin}/token` },
    secrets: { clientSecret: 's3cret' },
    connectionValues: {},
    redirectUrl: 'https://here.test/oauth/redirect/x',
    ...more,
  });
}

async function failureOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'no failure',
    (error: CredentialError) => `${error.code}: ${error.message}`,
  );
}

const urls = () => ({ tokenUrl: `${endpoint.origin}/token` });

it('asks for a token of the client itself, with the secret in the body', async () => {
  const tokens = await obtainTokens(
    settings({ customParameters: { ...urls(), grantType: 'client_credentials' } }),
    undefined,
    access,
  );
  expect(tokens).toEqual({ accessToken: 'a', obtainedAtMs: 1_000_000, expiresAtMs: 4_600_000 });
  expect(endpoint.received.map(({ body }) => body)).toEqual([
    { grant_type: 'client_credentials', scope: 'read write', client_id: 'me', client_secret: 's3cret' },
  ]);
});

it('proves the client with basic authentication where the settings say so', async () => {
  const custom = { ...urls(), grantType: 'client_credentials', clientAuthentication: 'client_secret_basic' };
  await obtainTokens(settings({ customParameters: custom }), undefined, access);
  expect(endpoint.received[0]?.headers.authorization).toBe(`Basic ${Buffer.from('me:s3cret').toString('base64')}`);
  expect(endpoint.received[0]?.body).toEqual({ grant_type: 'client_credentials', scope: 'read write' });
});

it.each(['rsa', 'ec', 'ed25519'] as const)('proves the client with a signed assertion (%s)', async (type) => {
  const { privateKey } =
    type === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : type === 'ec'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const custom = { ...urls(), grantType: 'client_credentials', keyId: 'k1' };
  await obtainTokens(settings({ customParameters: custom, secrets: { privateKey: pem } }), undefined, access);
  const { client_assertion: assertion = '', ...body } = endpoint.received[0]?.body ?? {};
  expect(body).toEqual({
    grant_type: 'client_credentials',
    scope: 'read write',
    client_id: 'me',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  });
  expect(decodeProtectedHeader(assertion)).toMatchObject({
    kid: 'k1',
    alg: { rsa: 'RS256', ec: 'ES256', ed25519: 'Ed25519' }[type],
  });
  expect(decodeJwt(assertion)).toMatchObject({ iss: 'me', sub: 'me', aud: `${endpoint.origin}/token` });
});

it('asks with a user name and a password', async () => {
  const given = settings({
    customParameters: { ...urls(), grantType: 'password' },
    connectionValues: { username: 'ada', password: 'p&ss' },
  });
  await obtainTokens(given, undefined, access);
  expect(endpoint.received[0]?.body).toMatchObject({ grant_type: 'password', username: 'ada', password: 'p&ss' });
});

it('asks with an assertion of its own', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const given = settings({
    customParameters: { ...urls(), grantType: 'urn:ietf:params:oauth:grant-type:jwt-bearer' },
    secrets: {},
    connectionValues: {
      PrivateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().replaceAll('\n', '\\n'),
      subject: 'ada',
      clientId: 'theirs',
    },
  });
  await obtainTokens(given, undefined, access);
  const { assertion = '', ...body } = endpoint.received[0]?.body ?? {};
  expect(body).toEqual({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    scope: 'read write',
    client_id: 'theirs',
  });
  expect(decodeJwt(assertion)).toMatchObject({
    iss: 'theirs',
    sub: 'ada',
    aud: `${endpoint.origin}/token`,
    scope: 'read write',
    iat: 1000,
    exp: 1300,
  });
});

it('signs in at another device', async () => {
  const given = settings({
    customParameters: { ...urls(), grantType: 'device_code', deviceAuthorizationUrl: `${endpoint.origin}/device` },
  });
  answer({ device_code: 'd', user_code: 'ABCD', verification_uri: 'https://id.test/device', expires_in: 60 });
  expect(await beginDevice(given, access)).toEqual({
    deviceCode: 'd',
    userCode: 'ABCD',
    verificationUrl: 'https://id.test/device',
    expiresInSeconds: 60,
    intervalSeconds: 5,
  });
  answer({ error: 'authorization_pending' }, 400);
  expect(await failureOf(redeemDevice(given, 'd', access))).toBe(
    'authorization-pending: Nobody has confirmed the code yet.',
  );
  answer({ access_token: 'a' });
  expect((await redeemDevice(given, 'd', access)).accessToken).toBe('a');
  expect(endpoint.received.at(-1)?.body).toMatchObject({ device_code: 'd' });
});

it('exchanges a caller’s token, exactly for the resource that is named', async () => {
  const given = settings({
    identityProvider: 'aad',
    customParameters: {
      loginUri: endpoint.origin,
      tenantId: 'common',
      resourceUri: 'https://api.test/',
      enableOnbehalfOfLogin: 'true',
    },
    connectionValues: { TenantId: 'contoso' },
    scopes: [],
  });
  expect(given.isOnBehalfOf).toBe(true);
  await requestOnBehalfOf(given, 'caller', access);
  expect(endpoint.received.map(({ target, body }) => [target, body])).toEqual([
    [
      '/contoso/oauth2/token',
      {
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion: 'caller',
        requested_token_use: 'on_behalf_of',
        scope: 'openid',
        resource: 'https://api.test/',
        client_id: 'me',
        client_secret: 's3cret',
      },
    ],
  ]);
});

it('fills templates with what the connection gives, whatever the case of a name', async () => {
  const given = settings({
    identityProvider: 'oauth2generic',
    scopes: ['one', 'two'],
    customParameters: {
      AuthorizationUrlTemplate: `${endpoint.origin}/{Region}/auth`,
      authorizationUrlQueryStringTemplate:
        '?client_id={ClientId}&redirect_uri={redirectUrl}&state={State}&scope={Scopes}',
      TokenUrlTemplate: `${endpoint.origin}/{region}/token`,
      tokenUrlQueryStringTemplate: '?host={HostName}',
      tokenBodyTemplate: 'code={Code}&secret={clientsecret}&redirect={RedirectUrl}',
      refreshBodyTemplate: 'refresh={RefreshToken}',
      ScopeListDelimiter: ',',
    },
    connectionValues: { region: 'eu', hostname: 'a b' },
  });
  const url = new URL((await buildAuthorizationRequest(given)).url);
  expect([url.pathname, url.searchParams.get('scope'), url.searchParams.get('redirect_uri')]).toEqual([
    '/eu/auth',
    'one,two',
    'https://here.test/oauth/redirect/x',
  ]);
  await redeemCode(given, { code: 'c&d', codeVerifier: 'v' }, access);
  await obtainTokens(given, { accessToken: 'old', refreshToken: 'r', obtainedAtMs: 0 }, access);
  expect(endpoint.received.map(({ target, body }) => [target, body])).toEqual([
    [
      '/eu/token?host=a%20b',
      { code: 'c&d', secret: 's3cret', redirect: 'https://here.test/oauth/redirect/x', code_verifier: 'v' },
    ],
    ['/eu/token', { refresh: 'r' }],
  ]);
});

it('never reads what a connection gives as a template', async () => {
  const given = settings({
    identityProvider: 'oauth2generic',
    customParameters: {
      authorizationUrlTemplate: 'https://{host}/auth',
      tokenUrlTemplate: 'https://{host}/token',
      tokenBodyTemplate: 'code={code}',
    },
    connectionValues: { host: 'evil.test/{ClientSecret}' },
  });
  expect((await buildAuthorizationRequest(given)).url).not.toContain('s3cret');
});

it('puts its own redirect address in the place of the ecosystem’s', async () => {
  const given = settings({
    identityProvider: 'oauth2generic',
    customParameters: {
      authorizationUrlTemplate: `${endpoint.origin}/auth`,
      authorizationUrlQueryStringTemplate:
        '?redirect_uri=https://global.consent.azure-apim.net/redirect&state={State}&client_id={ClientId}',
      tokenUrlTemplate: `${endpoint.origin}/token`,
    },
  });
  const url = new URL((await buildAuthorizationRequest(given)).url);
  expect(url.searchParams.get('redirect_uri')).toBe('https://here.test/oauth/redirect/x');
});

it('sends people to the provider with a challenge, always', async () => {
  const { url, state, codeVerifier } = await buildAuthorizationRequest(settings());
  const sent = Object.fromEntries(new URL(url).searchParams);
  expect(sent).toMatchObject({
    response_type: 'code',
    client_id: 'me',
    redirect_uri: 'https://here.test/oauth/redirect/x',
    scope: 'read write',
    state,
    code_challenge_method: 'S256',
  });
  await redeemCode(settings(), { code: 'c', codeVerifier }, access);
  expect(endpoint.received[0]?.body).toMatchObject({ grant_type: 'authorization_code', code_verifier: codeVerifier });
});

const old: TokenSet = { accessToken: 'old', refreshToken: 'r1', obtainedAtMs: 0 };

it('keeps the refresh token that a provider does not rotate, and takes the one that it does', async () => {
  expect((await obtainTokens(settings(), old, access)).refreshToken).toBe('r1');
  answer({ access_token: 'a', refresh_token: 'r2' });
  expect((await obtainTokens(settings(), old, access)).refreshToken).toBe('r2');
});

it('asks with the grant again when an unattended refresh token is dead', async () => {
  const given = settings({
    customParameters: { ...urls(), grantType: 'password' },
    connectionValues: { username: 'ada', password: 'p' },
  });
  answer({ error: 'invalid_grant' }, 400);
  expect(await failureOf(obtainTokens(given, old, access))).toMatch(/^sign-in-needed/);
  expect(endpoint.received.map(({ body }) => body['grant_type'])).toEqual(['refresh_token', 'password']);
});

it.each([
  ['JSON', { access_token: 'x', expires_in: '60' }, 'application/json', { accessToken: 'x', expiresAtMs: 1_060_000 }],
  ['a form', 'access_token=x&expires_in=60', 'application/x-www-form-urlencoded', { accessToken: 'x' }],
  ['JSON that says it is text', '{"access_token":"x"}', 'text/plain', { accessToken: 'x' }],
])('reads tokens from %s', async (_name, body, type, expected) => {
  answer(body, 200, type);
  expect(await obtainTokens(settings(), old, access)).toMatchObject(expected);
});

it.each([
  [400, { error: 'invalid_grant', error_description: 'gone' }, /^sign-in-needed: Sign in again: .*invalid_grant: gone/],
  [200, { error: 'bad_verification_code' }, /^sign-in-needed/],
  [401, { error: 'invalid_client' }, /^oauth-settings-invalid/],
  [503, '<html>', /^token-unavailable: .*answered 503 without a token/],
  [200, {}, /^token-unavailable/],
  [400, { error: { message: 'nested', type: 'OAuthException' } }, /^token-unavailable: .*OAuthException: nested/],
])('tells a refusal with status %i by what can be done: %j', async (status, body, message) => {
  answer(body, status);
  expect(await failureOf(obtainTokens(settings(), old, access))).toMatch(message);
});

it.each([
  ['a plain address', { customParameters: { tokenUrl: 'http://id.test/token' } }, /plain http/],
  ['no address', { customParameters: {} }, /does not say its token address/],
  [
    'no secret',
    { secrets: {}, customParameters: { tokenUrl: 'https://id.test/t', clientAuthentication: 'client_secret_post' } },
    /no client secret/,
  ],
])('refuses settings with %s', async (_name, more, message) => {
  expect(await failureOf(obtainTokens(settings(more), old, access))).toMatch(message);
});

it.each([
  ['an unknown provider', { identityProvider: 'nowhere' }, 'oauth-settings-invalid'],
  ['an unknown grant', { customParameters: { grantType: 'magic' } }, 'oauth-settings-invalid'],
  ['an unknown proof', { customParameters: { clientAuthentication: 'magic' } }, 'oauth-settings-invalid'],
])('refuses %s', (_name, more, code) => {
  expect(() => settings(more)).toThrow(expect.objectContaining({ code }));
});

it.each(identityProviders.filter(({ name }) => !name.startsWith('oauth2')).map((provider) => [provider.name]))(
  'knows where %s signs people in',
  async (identityProvider) => {
    const given = settings({ identityProvider, customParameters: {}, scopes: ['a', 'b'] });
    const { url } = await buildAuthorizationRequest(given);
    expect(new URL(url).protocol).toBe('https:');
    expect(given.provider.tokenUrl).not.toContain('{');
  },
);

it.each(['AAD', 'SalesforceV2', 'DocuSign', 'GitHub', 'aadcertificate'])(
  'finds the provider %s',
  (identityProvider) => {
    expect(settings({ identityProvider }).provider.name).toBe(identityProvider.toLowerCase().replace('v2', ''));
  },
);

it('finds the addresses of a provider that is only known by where it describes itself', async () => {
  const address = `${endpoint.origin}/.well-known/openid-configuration`;
  const given = settings({ customParameters: { discoveryUrl: address, grantType: 'client_credentials' } });
  expect(discoveryAddress(given)).toBe(address);
  answer({
    issuer: endpoint.origin,
    token_endpoint: `${endpoint.origin}/t`,
    authorization_endpoint: 'https://id.test/a',
  });
  const found = withAddresses(given, await discoverAddresses(address, fetch));
  answer({ access_token: 'a' });
  expect((await obtainTokens(found, undefined, access)).accessToken).toBe('a');
  expect(endpoint.received.map(({ target }) => target)).toEqual(['/.well-known/openid-configuration', '/t']);
  answer('<html>', 404);
  expect(await failureOf(discoverAddresses(address, fetch))).toMatch(/^token-unavailable: .*does not describe itself/);
});

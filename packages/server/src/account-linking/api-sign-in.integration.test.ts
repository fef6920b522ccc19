import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '@patchbay/definition';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { send } from '../test-platform/http-client.ts';
import { membersDefinition, membersProperties } from '../test-platform/members.ts';
import {
  agree,
  beginLink,
  confirmCode,
  letIn,
  linkAccount,
  type MembersPlatform,
  redirectUrlOf,
  startMembersPlatform,
} from '../test-platform/members-platform.ts';
import { flows, nameOf, powerApps } from '../test-platform/start-things-platform.ts';
import { flowOf } from '../test-platform/things.ts';

let server: MembersPlatform;
let shared: MembersPlatform;
beforeAll(async () => {
  [server, shared] = await Promise.all([
    startMembersPlatform(),
    startMembersPlatform({}, { PATCHBAY_SHARED_REDIRECT_UNTIL: '2999-01-01' }),
  ]);
});
afterAll(() => Promise.all([server.stop(), shared.stop()]));

const apis = `${powerApps}/apis`;

async function connectionOf(connector: string, connection: string): Promise<JsonObject> {
  const { body } = await server.call('GET', `${apis}/${connector}/connections/${connection}`);
  return (body as { readonly properties: JsonObject }).properties;
}

function me(connection: string) {
  return server.call('POST', `/api/connections/${connection}/operations/GetMe/call`);
}

/** A connector whose client asks for itself. */
function clientCredentials(): Promise<string> {
  return server.connect({
    settings: {
      scopes: [],
      customParameters: {
        tokenUrl: { value: `${server.provider.origin}/token` },
        grantType: { value: 'client_credentials' },
      },
    },
    client: { grant_types: ['client_credentials'], redirect_uris: [], response_types: [] },
  });
}

it('connects without anybody where the client asks for itself', async () => {
  const connector = await clientCredentials();
  const connection = await server.connection(connector);
  expect((await connectionOf(connector, connection))['statuses']).toEqual([{ status: 'Connected' }]);
  expect((await me(connection)).body).toMatchObject({ statusCode: 200, body: { account: null } });
  await server.provider.refuseTokens();
  expect((await me(connection)).body).toMatchObject({ statusCode: 200 });
  const began = await server.call('POST', `/api/connections/${connection}/sign-in`, {});
  expect(began.body).toMatchObject({ code: 'SignInNotNeeded' });
});

it('says at once that a client is wrong, and connects when it is put right', async () => {
  const connector = await clientCredentials();
  const wrong = { 'token:clientId': 'nobody', 'token:clientSecret': 'wrong-secret-77' };
  const connection = await server.connection(connector, wrong);
  const { statuses } = await connectionOf(connector, connection);
  expect(statuses).toEqual([
    {
      status: 'Error',
      target: 'token',
      error: {
        code: 'OauthSettingsInvalid',
        message:
          'The OAuth settings do not work: the identity provider said invalid_client: client authentication failed.',
      },
    },
  ]);
  const right = await server.provider.register({
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    token_endpoint_auth_method: 'client_secret_post',
  });
  await server.call('PUT', `${apis}/${connector}/connections/${connection}`, {
    properties: {
      connectionParameters: { 'token:clientId': right.clientId, 'token:clientSecret': right.clientSecret },
    },
  });
  expect((await connectionOf(connector, connection))['statuses']).toEqual([{ status: 'Connected' }]);
});

it('signs in at another device', async () => {
  const connector = await server.connect({
    settings: {
      customParameters: {
        tokenUrl: { value: `${server.provider.origin}/token` },
        deviceAuthorizationUrl: { value: `${server.provider.origin}/device/auth` },
        grantType: { value: 'device_code' },
      },
    },
    client: {
      grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
      redirect_uris: [],
      response_types: [],
      application_type: 'native',
    },
  });
  const connection = await server.connection(connector);
  const { body } = await server.call('POST', `/api/connections/${connection}/sign-in`, {});
  const { kind, userCode = '', url = '', ticket } = body as { readonly [name: string]: string };
  expect([kind, userCode.length]).toEqual(['device', 9]);
  const asked = await server.call('POST', `/api/connections/${connection}/sign-in/device`, { ticket });
  expect(asked.body).toEqual({ isConnected: false });
  expect(
    (await server.call('POST', `/api/connections/${connection}/sign-in/device`, { ticket: 'x' })).body,
  ).toMatchObject({
    code: 'LinkRefused',
  });
  expect(await confirmCode(url, 'device-at-the-api')).toContain('Sign-in Success');
  // The provider asks for five seconds between two questions.
  await vi.waitFor(
    async () => {
      const again = await server.call('POST', `/api/connections/${connection}/sign-in/device`, { ticket });
      expect(again.body).toEqual({ isConnected: true });
    },
    { timeout: 20_000, interval: 1_000 },
  );
  expect((await connectionOf(connector, connection))['statuses']).toEqual([{ status: 'Connected' }]);
  expect((await me(connection)).body).toMatchObject({ statusCode: 200, body: { account: 'device-at-the-api' } });
});

it('passes a renewed token on to raw calls, and shows none of it in an explanation', async () => {
  const connector = await server.connect();
  const connection = await server.connection(connector);
  await linkAccount(await server.person('raw'), connection, 'raw-at-the-api');
  await server.provider.refuseTokens();
  const path = `/apim/${connector.replace('shared_', '')}/${connection}/me`;
  expect((await server.call('GET', path)).body).toMatchObject({ account: 'raw-at-the-api' });
  await server.provider.refuseTokens();
  const { body } = await server.call('POST', `/api/connections/${connection}/test`, { operationId: 'GetMe' });
  const { ok, trace } = body as { readonly ok: boolean; readonly trace: readonly { readonly step: string }[] };
  expect([ok, trace.map(({ step }) => step)]).toEqual([
    true,
    ['bind', 'authenticate', 'authenticate', 'transport', 'result'],
  ]);
  // In the request that went out, and after each of the two authentications.
  expect(JSON.stringify(body).match(/Bearer [^"]+/g)).toEqual(['Bearer ***', 'Bearer ***', 'Bearer ***']);
});

it('tells of a grant that the provider takes no more, once, and takes a new sign-in', async () => {
  const connector = await server.connect();
  const connection = await server.connection(connector);
  const person = await server.person('lost');
  await linkAccount(person, connection, 'lost-at-the-api');
  // The provider takes the grant back with the token.
  const { services } = server;
  const vaulted = await services.store.tokens.find(connection);
  if (vaulted?.sealed === undefined) throw new Error('no tokens');
  const { tokens = '' } = await services.vault.open(vaulted.sealed, `tokens of ${connection}`);
  const { refreshToken } = JSON.parse(tokens) as { readonly refreshToken: string };
  const client = await revocationBody(connector, refreshToken);
  await send(server.provider.origin, {
    method: 'POST',
    path: '/token/revocation',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: client,
  });
  await server.provider.refuseTokens();
  const before = await server.provider.counts();
  const answers = await Promise.all([1, 2, 3, 4].map(async () => (await me(connection)).body));
  // Who calls before the grant is known to be dead hears the API's refusal, who calls after it that somebody has to sign in.
  const outcomes = answers.map((answer) => {
    const { statusCode, code } = answer as { readonly statusCode?: number; readonly code?: string };
    return statusCode ?? code;
  });
  expect(outcomes).toContain(401);
  expect(outcomes.filter((outcome) => outcome !== 401 && outcome !== 'SignInNeeded')).toEqual([]);
  expect((await me(connection)).body).toMatchObject({ code: 'SignInNeeded' });
  const after = await server.provider.counts();
  const refused = 'refresh_token refused: invalid_grant';
  expect((after[refused] ?? 0) - (before[refused] ?? 0)).toBe(1);
  const { statuses } = await connectionOf(connector, connection);
  expect(statuses).toMatchObject([
    {
      status: 'Error',
      target: 'token',
      error: { code: 'Unauthenticated', message: expect.stringMatching(/^Sign in again/) },
    },
  ]);
  expect(server.log().match(/"event":"sign-in-lost"/g)?.length).toBe(1);
  await linkAccount(person, connection, 'back-at-the-api');
  expect((await me(connection)).body).toMatchObject({ body: { account: 'back-at-the-api' } });
  expect((await connectionOf(connector, connection))['statuses']).toEqual([{ status: 'Connected' }]);
});

async function revocationBody(connector: string, token: string): Promise<string> {
  const row = await server.services.connectors.get(connector);
  if (row.secret === undefined) throw new Error('no client');
  const secrets = await server.services.vault.open(row.secret, `client of ${connector}`);
  const { clients } = (await server.call('GET', `/api/connectors/${connector}/security`)).body as {
    readonly clients: readonly { readonly clientId: string }[];
  };
  const [secret = ''] = Object.values(secrets);
  return new URLSearchParams({ token, client_id: clients[0]?.clientId ?? '', client_secret: secret }).toString();
}

it('keeps the old redirect mode for those that there are, and lets new connections in only until its end', async () => {
  const settings = { redirectMode: 'Global', redirectUrl: 'https://elsewhere.test/redirect' };
  const make = async (at: MembersPlatform) =>
    at.call('POST', apis, {
      properties: {
        ...membersProperties(at.provider, settings),
        openApiDefinition: membersDefinition(at.provider),
      },
    });
  const created = await make(server);
  const connector = nameOf(created);
  expect(redirectUrlOf(created)).toBe(`${server.origin}/oauth/redirect`);
  const put = () => server.call('PUT', `${apis}/${connector}/connections/c${connector.slice(-16)}`, { properties: {} });
  expect((await put()).body).toEqual({
    error: {
      code: 'RedirectUrlShared',
      message:
        'Members still uses the redirect URL that all connectors share, and takes no new connections with it. Give it a redirect URL of its own on the Security tab, or set "redirectMode": "GlobalPerConnector" in apiProperties.json and update the connector; then register the new URL with its identity provider. Connections that there are go on working.',
    },
  });
  const old = await shared.connect({ settings });
  const connection = await shared.connection(old);
  const person = await shared.person('old');
  const callback = await letIn(await agree(person, await beginLink(person, connection)), 'old');
  expect(new URL(callback).pathname).toBe('/oauth/redirect');

  const own = `${server.origin}/oauth/redirect/${connector.replace('shared_', '')}`;
  const second = nameOf(await make(server));
  const bulk = await server.call('POST', '/api/environments/~default/separate-redirect-urls');
  expect((bulk.body as { readonly changed: readonly { readonly redirectUrl: string }[] }).changed).toEqual(
    expect.arrayContaining([
      { connector, displayName: 'Members', redirectUrl: own },
      { connector: second, displayName: 'Members', redirectUrl: `${own.slice(0, -16)}${second.slice(-16)}` },
    ]),
  );
  expect((await put()).status).toBe(201);

  const third = nameOf(await make(server));
  await server.call('POST', `/api/connectors/${third}/separate-redirect-url`);
  expect(redirectUrlOf(await server.call('GET', `${apis}/${third}`))).toContain(third.replace('shared_', ''));
  const fourth = nameOf(await make(server));
  const updated = await server.call('PATCH', `${apis}/${fourth}`, {
    properties: membersProperties(server.provider, { redirectMode: 'GlobalPerConnector' }),
  });
  expect(redirectUrlOf(updated)).toContain(fourth.replace('shared_', ''));
});

it('keeps a client secret through updates that do not give it, and exports none', async () => {
  const connector = await clientCredentials();
  const read = (await server.call('GET', `${apis}/${connector}`)).body as { readonly properties: JsonObject };
  const { connectionParameters } = read.properties;
  expect(JSON.stringify(read)).not.toMatch(/clientSecret/i);
  await server.call('PATCH', `${apis}/${connector}`, {
    properties: { connectionParameters, openApiDefinition: membersDefinition(server.provider) },
  });
  const connection = await server.connection(connector);
  expect((await connectionOf(connector, connection))['statuses']).toEqual([{ status: 'Connected' }]);
});

it('finds a secret by its reference, when it is used', async () => {
  const connector = await clientCredentials();
  const { clientId, clientSecret } = await server.provider.register({
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    token_endpoint_auth_method: 'client_secret_post',
  });
  const reference = '@environmentVariables("members secret")';
  await server.call('PUT', `/api/connectors/${connector}/client`, { clientId, clientSecret: reference });
  const connection = await server.connection(connector);
  expect((await connectionOf(connector, connection))['statuses']).toMatchObject([
    { status: 'Error', error: { code: 'VariableNotFound' } },
  ]);
  const at = '/api/environments/~default/variables';
  const named = reference.replace('members secret', 'members.secret');
  await server.call('PUT', `/api/connectors/${connector}/client`, { clientSecret: named });
  expect((await server.call('PUT', `${at}/members.secret`, { value: clientSecret, isSecret: true })).status).toBe(204);
  expect((await server.call('GET', at)).body).toEqual({ variables: [{ name: 'members.secret', isSecret: true }] });
  const security = await server.call('GET', `/api/connectors/${connector}/security`);
  expect(security.body).toMatchObject({ clients: [{ secretReference: named, hasSecret: true }] });
  expect((await me(await server.connection(connector))).body).toMatchObject({ statusCode: 200 });
  expect((await server.call('DELETE', `${at}/members.secret`)).status).toBe(204);
  expect((await server.call('DELETE', `${at}/members.secret`)).status).toBe(404);
});

it('writes no secret of a sign-in into its log, its answers or, readable, its data folder', async () => {
  const connector = await server.connect();
  const connection = await server.connection(connector);
  await linkAccount(await server.person('quiet'), connection, 'quiet-at-the-api');
  await server.provider.refuseTokens();
  const call = await me(connection);
  const test = await server.call('POST', `/api/connections/${connection}/test`, { operationId: 'GetMe' });
  const history = await historyOfFlow(connector, connection);
  const row = await server.services.store.tokens.find(connection);
  const kept = await server.services.connectors.get(connector);
  if (row?.sealed === undefined || kept.secret === undefined) throw new Error('nothing is kept');
  const { tokens = '' } = await server.services.vault.open(row.sealed, `tokens of ${connection}`);
  const { accessToken, refreshToken } = JSON.parse(tokens) as { readonly [name: string]: string };
  const [clientSecret = ''] = Object.values(await server.services.vault.open(kept.secret, `client of ${connector}`));
  const secrets = { accessToken, refreshToken, clientSecret };
  expect(Object.values(secrets).filter((secret) => (secret ?? '').length < 20)).toEqual([]);
  const answers = await Promise.all(
    [
      `${apis}/${connector}`,
      `${apis}/${connector}/connections/${connection}`,
      `/api/connectors/${connector}/security`,
      `/api/connectors/${connector}/operations`,
    ].map((path) => server.call('GET', path)),
  );
  const files = await readdir(server.dataFolder, { recursive: true, withFileTypes: true });
  const contents = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'latin1')),
  );
  const seen = [
    server.log(),
    ...history,
    ...[call, test, ...answers].map(({ bytes }) => bytes.toString('utf8')),
    ...contents,
  ];
  const leaked = Object.entries(secrets).filter(([, secret]) => seen.some((text) => text.includes(secret ?? '')));
  expect(leaked.map(([name]) => name)).toEqual([]);
});

/** Runs a flow that calls through a connection: everything that its history answers, as text. */
async function historyOfFlow(connector: string, connection: string): Promise<readonly string[]> {
  const apiId = `${apis}/${connector}`;
  const host = { apiId, connectionName: 'members', operationId: 'GetMe' };
  const flow = nameOf(
    await server.call('POST', flows, {
      properties: {
        displayName: 'Who am I',
        definition: flowOf({ Me: { type: 'OpenApiConnection', inputs: { host, parameters: {} }, runAfter: {} } }),
        connectionReferences: { members: { connectionName: connection, id: apiId } },
      },
    }),
  );
  const { body } = await server.call('POST', `/api/flows/${flow}/triggers/manual/run`, {});
  const { runId } = body as { readonly runId: string };
  await server.services.engine.settled(runId);
  const run = `${flows}/${flow}/runs/${runId}`;
  const paths = [`${run}?$expand=properties/actions`, `${run}/actions`, `/api/flows/${flow}/runs/${runId}`];
  const answers = await Promise.all(paths.map((path) => server.call('GET', path)));
  const told = answers.map(({ bytes }) => bytes.toString('utf8'));
  // What went in and out is behind links.
  const links = [...new Set(told.join('').match(/http[^"]+\/contents\/[^"]+/g))];
  const contents = await Promise.all(links.map(async (link) => (await fetch(link)).text()));
  expect(contents.join('')).toContain('quiet-at-the-api');
  return [...told, ...contents];
}

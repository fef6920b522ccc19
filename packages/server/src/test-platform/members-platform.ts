import type { JsonObject } from '@patchbay/definition';
import type { PlatformOptions } from '../platform.ts';
import { type ApiProvider, startApiProvider } from './api-provider.ts';
import { Browser, formOf } from './browser.ts';
import { type HttpAnswer, send } from './http-client.ts';
import { membersDefinition, membersProperties } from './members.ts';
import { addAccount, signIn, signInDevice, type Visitor } from './people.ts';
import { startTestPlatform, type TestPlatform } from './start-test-platform.ts';
import { nameOf, powerApps } from './start-things-platform.ts';

/** A platform and an API with an identity provider, with ways to connect the one to the other. */
export type MembersPlatform = TestPlatform & {
  readonly provider: ApiProvider;
  /** Asks the server as the administrator, by access token. */
  readonly call: (method: string, path: string, body?: unknown) => Promise<HttpAnswer>;
  /** A connector of the provider with a client of its own: its name. */
  readonly connect: (options?: ConnectOptions) => Promise<string>;
  /** A connection of a connector: its name. */
  readonly connection: (connector: string, values?: JsonObject) => Promise<string>;
  /** Somebody of their own, signed in in a browser of their own. */
  readonly person: (name: string) => Promise<Visitor>;
};

export type ConnectOptions = {
  readonly settings?: JsonObject;
  readonly client?: object;
  /** Another provider than the platform's. */
  readonly provider?: ApiProvider;
};

export async function startMembersPlatform(
  options: PlatformOptions = {},
  variables: { readonly [name: string]: string } = {},
): Promise<MembersPlatform> {
  const provider = await startApiProvider();
  const server = await startTestPlatform(variables, options);
  const { services, administrator, origin } = server;
  const { access_token } = await signInDevice(services, await signIn(services, administrator));
  const headers = { authorization: `Bearer ${access_token}` };
  const call: MembersPlatform['call'] = (method, path, body) =>
    send(origin, { method, path, headers, ...(body !== undefined && { body }) });
  const connect = async (chosen: ConnectOptions = {}): Promise<string> => {
    const at = chosen.provider ?? provider;
    const created = await call('POST', `${powerApps}/apis`, {
      properties: { ...membersProperties(at, chosen.settings), openApiDefinition: membersDefinition(at) },
    });
    const name = nameOf(created);
    const { clientId, clientSecret } = await at.register({
      redirect_uris: [redirectUrlOf(created)],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_post',
      ...chosen.client,
    });
    const changed = await call('PUT', `/api/connectors/${name}/client`, { clientId, clientSecret });
    if (changed.status !== 204) throw new Error(JSON.stringify(changed.body));
    return name;
  };
  return {
    ...server,
    provider,
    call,
    connect,
    connection: async (connector, values = {}) => {
      const name = crypto.randomUUID().replaceAll('-', '');
      return nameOf(
        await call('PUT', `${powerApps}/apis/${connector}/connections/${name}`, {
          properties: { displayName: 'Members', connectionParameters: values },
        }),
      );
    },
    person: async (name) => signIn(services, await addAccount(services, 'maker', name)),
    stop: async () => {
      await server.stop();
      await provider.stop();
    },
  };
}

/** The redirect address that a connector's answer tells. */
export function redirectUrlOf({ body }: HttpAnswer): string {
  const { connectionParameters } = (body as { readonly properties: JsonObject }).properties;
  // The shape of what the tests create.
  const { token } = connectionParameters as {
    readonly token: { readonly oAuthSettings: { readonly redirectUrl: string } };
  };
  return token.oAuthSettings.redirectUrl;
}

/** Agrees on the consent page that an address leads to: where the browser is sent. */
export async function agree({ browser }: Pick<Visitor, 'browser'>, consentUrl: string): Promise<string> {
  const { last } = await browser.visit(consentUrl);
  const { action, fields } = formOf(String(last.body));
  if (action === '') throw new Error(`no consent page: ${last.status} ${String(last.body)}`);
  const left = await browser.submit(action, fields);
  const target = /http-equiv="refresh" content="0;url=([^"]+)"/.exec(String(left.last.body))?.[1];
  if (target === undefined) throw new Error(`nowhere to go: ${left.last.status} ${String(left.last.body)}`);
  return target.replaceAll('&amp;', '&');
}

/** Signs in at the provider as somebody, lets the client in, and answers the address that the provider sends the browser to. */
export async function letIn(authorizationUrl: string, login: string): Promise<string> {
  const { origin } = new URL(authorizationUrl);
  const browser = new Browser(origin);
  let answer = await browser.send({ path: pathOf(authorizationUrl) });
  for (let step = 0; step < 20; step += 1) {
    const { location } = answer.headers;
    if (location !== undefined) {
      const next = new URL(location, origin);
      if (next.origin !== origin) return next.href;
      answer = await browser.send({ path: next.pathname + next.search });
      continue;
    }
    answer = await fillIn(browser, origin, answer, login);
  }
  throw new Error('the provider never sent the browser back');
}

/** Confirms at the provider, as somebody, the code that an address holds: the page that says so. */
export async function confirmCode(verificationUrl: string, login: string): Promise<string> {
  const { origin } = new URL(verificationUrl);
  const browser = new Browser(origin);
  const { last } = await browser.visit(pathOf(verificationUrl));
  let answer = last;
  for (let step = 0; step < 20; step += 1) {
    const { location } = answer.headers;
    if (location !== undefined) answer = await browser.send({ path: pathOf(new URL(location, origin).href) });
    else if (formOf(String(answer.body)).action === '') return String(answer.body);
    else answer = await fillIn(browser, origin, answer, login);
  }
  throw new Error('the provider never stopped asking');
}

/** Sends the form of a page of the provider, signing in where that is what it asks. */
function fillIn(browser: Browser, origin: string, page: HttpAnswer, login: string): Promise<HttpAnswer> {
  const { action, fields } = formOf(String(page.body));
  if (action === '') throw new Error(`the provider said ${page.status}: ${String(page.body).slice(0, 500)}`);
  const typed = fields['prompt'] === 'login' ? { ...fields, login, password: 'any' } : fields;
  return browser.send({
    method: 'POST',
    path: new URL(action, origin).pathname,
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
    body: new URLSearchParams(typed).toString(),
  });
}

/** The whole of a sign-in for a connection, by a person in their browser: the last answer. */
export async function linkAccount(person: Visitor, connection: string, login: string): Promise<HttpAnswer> {
  const callback = await letIn(await agree(person, await beginLink(person, connection)), login);
  return person.browser.send({ path: pathOf(callback) });
}

/** Begins to sign in on the page of a connection: the address of the consent page. */
export async function beginLink({ browser, headers }: Visitor, connection: string): Promise<string> {
  const { cookie: _, ...own } = headers;
  const { status, body } = await browser.send({
    method: 'POST',
    path: `/api/connections/${connection}/sign-in`,
    headers: own,
    body: {},
  });
  if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return (body as { readonly url: string }).url;
}

export function pathOf(address: string): string {
  const { pathname, search } = new URL(address, 'http://here.invalid');
  return pathname + search;
}

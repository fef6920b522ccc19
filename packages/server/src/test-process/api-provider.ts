import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';

/**
 * An API with an identity provider of its own, as a process of its own: clients register themselves (RFC 7591), people sign in with any
 * name, refresh tokens rotate and a reused one ends its grant. What it was asked is counted; its API can be told to refuse every token
 * that was given out so far.
 */

type Counts = { [name: string]: number };

const counts: Counts = {};
/** How many tokens were given out, and up to which the API refuses them. */
const state = { given: 0, refusedUpTo: 0, apiCalls: 0 };
const numbers = new Map<string, number>();

const server = createServer();
await new Promise<void>((listening) => server.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1', listening));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const provider = new Provider(origin, configuration());
const callback = provider.callback();

provider.on('access_token.saved', numberToken);
provider.on('client_credentials.saved', numberToken);
provider.on('grant.success', (ctx) => count(`${ctx.oidc.params?.['grant_type']} given`));
provider.on('grant.error', (ctx, error) => count(`${ctx.oidc.params?.['grant_type']} refused: ${error.message}`));

server.on('request', (request: IncomingMessage, response: ServerResponse) => {
  const path = new URL(request.url ?? '/', origin).pathname;
  if (path === '/api/me') void answerApi(request, response);
  else if (path === '/control/counts') answer(response, 200, { ...counts, apiCalls: state.apiCalls });
  else if (path === '/control/refuse-tokens') {
    state.refusedUpTo = state.given;
    answer(response, 200, {});
  } else void callback(request, response);
});

process.stdout.write(`ready ${origin}\n`);

function numberToken({ jti }: { readonly jti: string }): void {
  state.given += 1;
  numbers.set(jti, state.given);
}

async function answerApi(request: IncomingMessage, response: ServerResponse): Promise<void> {
  state.apiCalls += 1;
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const found = (await provider.AccessToken.find(token)) ?? (await provider.ClientCredentials.find(token));
  if (found === undefined || (numbers.get(found.jti) ?? 0) <= state.refusedUpTo)
    return answer(response, 401, { error: 'token' });
  const account = 'accountId' in found ? found.accountId : undefined;
  return answer(response, 200, { account: account ?? null, client: found.clientId ?? null, path: request.url });
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function count(name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

function configuration(): Configuration {
  return {
    scopes: ['openid', 'offline_access', 'profile'],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['a test has nothing to hide'] },
    features: {
      devInteractions: { enabled: true },
      registration: { enabled: true },
      deviceFlow: { enabled: true },
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
    },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    pkce: { required: () => true },
    issueRefreshToken: async (_ctx, client, code) =>
      client.grantTypeAllowed('refresh_token') && code.scopes.has('offline_access'),
    rotateRefreshToken: true,
    findAccount: async (_ctx, sub) => ({
      accountId: sub,
      claims: async () => ({ sub, name: sub, preferred_username: `${sub}@api.test` }),
    }),
    ttl: {
      AccessToken: Number(process.env['ACCESS_TOKEN_SECONDS'] ?? 3600),
      ClientCredentials: Number(process.env['ACCESS_TOKEN_SECONDS'] ?? 3600),
      RefreshToken: 3600,
      Grant: 3600,
      Session: 3600,
      Interaction: 3600,
      IdToken: 3600,
      DeviceCode: 600,
      AuthorizationCode: 60,
    },
  };
}

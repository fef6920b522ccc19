import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiProvider, startApiProvider } from '../../packages/server/src/test-platform/api-provider.ts';
import { Browser } from '../../packages/server/src/test-platform/browser.ts';
import { membersDefinition, membersProperties } from '../../packages/server/src/test-platform/members.ts';
import { agree, letIn, pathOf } from '../../packages/server/src/test-platform/members-platform.ts';
import {
  startPostgres,
  type TestPostgres,
  whyNoPostgres,
} from '../../packages/store/src/test-postgres/start-postgres.ts';
import { createConnection, createConnector } from '../platform/maker.ts';
import { type ServerProcess, startServerProcess } from '../platform/server-process.ts';
import { type SignedInClient, signInWithLink } from '../platform/signed-in-client.ts';

const missing = whyNoPostgres();
const callsPerServer = 50;

type Context = {
  readonly postgres: TestPostgres;
  readonly provider: ApiProvider;
  readonly servers: readonly ServerProcess[];
  readonly clients: readonly SignedInClient[];
  readonly folder: string;
};

const context: { value?: Context } = {};

beforeAll(async () => {
  if (missing !== undefined) return;
  const [postgres, provider] = await Promise.all([startPostgres(), startApiProvider()]);
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-two-'));
  const environment = {
    PATCHBAY_DATABASE_URL: postgres.url,
    PATCHBAY_MASTER_KEY_FILE: join(folder, 'master.key'),
    PATCHBAY_SIGN_IN_LINK: 'always',
  };
  // One after the other: the first makes the schema and the key.
  const first = await startServerProcess({ environment });
  const second = await startServerProcess({ environment });
  const clients = [await signInWithLink(first.signInLink()), await signInWithLink(second.signInLink())];
  context.value = { postgres, provider, servers: [first, second], clients, folder };
});

afterAll(async () => {
  const { value } = context;
  if (value === undefined) return;
  for (const server of value.servers) await server.dispose();
  await value.provider.stop();
  value.postgres.stop();
  await rm(value.folder, { recursive: true, force: true });
});

function begun(): Context {
  if (context.value === undefined) throw new Error('nothing runs');
  return context.value;
}

/** A connection with an account linked to it, in a browser at the first server. */
async function linkedConnection({ provider, clients }: Context): Promise<string> {
  const [client] = clients;
  if (client === undefined) throw new Error('nobody is signed in');
  const connector = await createConnector(client, {
    ...membersProperties(provider),
    openApiDefinition: membersDefinition(provider),
  });
  const { clientId, clientSecret } = await provider.register({
    redirect_uris: [`${client.origin}/oauth/redirect/${connector.replace('shared_', '')}`],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'client_secret_post',
  });
  await client.send('PUT', `/api/connectors/${connector}/client`, { clientId, clientSecret });
  const connection = await createConnection(client, connector, {});
  const { body } = await client.send('POST', `/api/connections/${connection}/sign-in`, {});
  const browser = new Browser(client.origin);
  for (const pair of (client.headers['cookie'] ?? '').split('; ')) {
    browser.plant(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
  }
  const callback = await letIn(await agree({ browser }, (body as { readonly url: string }).url), 'ada');
  await browser.send({ path: pathOf(callback) });
  return connection;
}

it.skipIf(missing !== undefined)(
  `asks the provider once when a hundred calls in two processes find the token refused${missing === undefined ? '' : ` (${missing})`}`,
  async () => {
    const running = begun();
    const { provider, clients } = running;
    const connection = await linkedConnection(running);
    const path = `/api/connections/${connection}/operations/GetMe/call`;
    for (const round of [1, 2, 3]) {
      await provider.refuseTokens();
      const answers = await Promise.all(
        clients.flatMap((client) =>
          Array.from({ length: callsPerServer }, async () => (await client.send('POST', path, {})).body),
        ),
      );
      expect(answers.filter((answer) => (answer as { readonly statusCode?: number }).statusCode !== 200)).toEqual([]);
      expect(answers.length).toBe(2 * callsPerServer);
      const { apiCalls: _, ...asked } = await provider.counts();
      expect(asked).toEqual({ 'authorization_code given': 1, 'refresh_token given': round });
    }
  },
);

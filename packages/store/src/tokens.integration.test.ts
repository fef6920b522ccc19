import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CredentialError,
  createVault,
  generateMasterKey,
  type ObtainTokens,
  parseMasterKey,
  TokenKeeper,
  type TokenSet,
} from '@patchbay/credential';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { Store } from './contract.ts';
import { openStore } from './open-store.ts';
import { startPostgres, type TestPostgres, whyNoPostgres } from './test-postgres/start-postgres.ts';

const missing = whyNoPostgres();
const started: { postgres?: TestPostgres } = {};

beforeAll(async () => {
  if (missing === undefined) started.postgres = await startPostgres();
}, 120_000);
afterAll(() => started.postgres?.stop());

/** A store with a connection to keep tokens of, and a clock. */
async function open(kind: 'sqlite' | 'postgres') {
  const { postgres } = started;
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-tokens-'));
  const store =
    kind === 'sqlite' || postgres === undefined
      ? await openStore({ kind: 'sqlite', path: join(folder, 'patchbay.db') })
      : await openStore({ kind: 'postgres', url: postgres.url });
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const connection = await addConnection(store);
  const clock = { nowMs: 1_000_000 };
  const vault = createVault({ masterKey: parseMasterKey(generateMasterKey()) });
  const dead: string[] = [];
  /** As many as there are processes. */
  const keeper = () =>
    new TokenKeeper({
      store: store.tokens,
      vault,
      nowMs: () => clock.nowMs,
      onDead: async (_connection, problem) => {
        dead.push(problem);
      },
    });
  return { store, connection, clock, keeper, dead };
}

async function addConnection({ environments, connectors, connections }: Store): Promise<string> {
  const name = crypto.randomUUID();
  const times = { createdBy: 'me', createdAtMs: 0, changedAtMs: 0 };
  await environments.insert({ id: name, displayName: '', isDefault: false, allowedNetworks: [], createdAtMs: 0 });
  const shared = { name, environmentId: name, displayName: '', revision: 1, ...times };
  await connectors.insert({ ...shared, description: '', definition: '{}', properties: '{}' });
  await connections.insert({ ...shared, connectorName: name, parameters: '{}', status: 'Connected' });
  return name;
}

/** Gives out numbered tokens that last an hour, and counts. */
function provider(clock: { readonly nowMs: number }) {
  const asked: (TokenSet | undefined)[] = [];
  const obtain: ObtainTokens = async (tokens) => {
    asked.push(tokens);
    await new Promise((wake) => setTimeout(wake, 20));
    const number = asked.length;
    return {
      accessToken: `a${number}`,
      refreshToken: `r${number}`,
      obtainedAtMs: clock.nowMs,
      expiresAtMs: clock.nowMs + 3_600_000,
    };
  };
  return { asked, obtain };
}

const refusing =
  (code: 'sign-in-needed' | 'token-unavailable', asked: number[] = []): ObtainTokens =>
  () => {
    asked.push(1);
    return Promise.reject(new CredentialError(code, `the provider says ${code}`));
  };

const kinds = [['sqlite'], ...(missing === undefined ? [['postgres']] : [])] as ['sqlite' | 'postgres'][];

it.each(kinds)('renews once for everybody who asks at a time, in every process (%s)', async (kind) => {
  const { connection, clock, keeper } = await open(kind);
  const { asked, obtain } = provider(clock);
  const [one, other] = [keeper(), keeper()];
  const ask = (refused?: string) =>
    Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? one : other).accessToken(connection, obtain, refused),
      ),
    );
  expect(new Set(await ask())).toEqual(new Set(['a1']));
  expect(new Set(await ask('a1'))).toEqual(new Set(['a2']));
  expect(asked.map((tokens) => tokens?.refreshToken)).toEqual([undefined, 'r1']);
});

it.each(kinds)('renews before a token ends, and not earlier (%s)', async (kind) => {
  const { connection, clock, keeper } = await open(kind);
  const { obtain } = provider(clock);
  const one = keeper();
  expect(await one.accessToken(connection, obtain)).toBe('a1');
  clock.nowMs += 3_600_000 - 61_000;
  expect(await one.accessToken(connection, obtain)).toBe('a1');
  clock.nowMs += 2_000;
  expect(await one.accessToken(connection, obtain)).toBe('a2');
});

it.each(kinds)('gives the old token out while the provider is away and the token is good (%s)', async (kind) => {
  const { connection, clock, keeper } = await open(kind);
  const one = keeper();
  await one.accessToken(connection, provider(clock).obtain);
  clock.nowMs += 3_600_000 - 30_000;
  const asked: number[] = [];
  const away = refusing('token-unavailable', asked);
  expect(await one.accessToken(connection, away)).toBe('a1');
  await expect(keeper().accessToken(connection, away, 'a1')).rejects.toMatchObject({ code: 'token-unavailable' });
  // Within the delay nobody asks again.
  expect(asked.length).toBe(1);
  clock.nowMs += 6_000;
  expect(await keeper().accessToken(connection, provider(clock).obtain, 'a1')).toBe('a1');
});

it.each(kinds)('buries a dead grant once, and asks nobody until somebody signs in (%s)', async (kind) => {
  const { connection, clock, keeper, dead, store } = await open(kind);
  const asked: number[] = [];
  const gone = refusing('sign-in-needed', asked);
  const [one, other] = [keeper(), keeper()];
  await one.accessToken(connection, provider(clock).obtain);
  for (const keeping of [one, other, one]) {
    await expect(keeping.accessToken(connection, gone, 'a1')).rejects.toMatchObject({ code: 'sign-in-needed' });
  }
  expect([asked.length, dead]).toEqual([1, ['the provider says sign-in-needed']]);
  expect(await store.tokens.find(connection)).toEqual({
    connectionName: connection,
    version: 2,
    state: 'dead',
    problem: 'the provider says sign-in-needed',
  });
  await other.keep(connection, { accessToken: 'new', obtainedAtMs: clock.nowMs });
  expect(await other.accessToken(connection, gone)).toBe('new');
  clock.nowMs += 6_000;
  expect(await one.accessToken(connection, gone)).toBe('new');
});

it.each(kinds)('takes over from a process that died with the lease (%s)', async (kind) => {
  const { connection, clock, keeper, store } = await open(kind);
  const { obtain } = provider(clock);
  expect(await store.tokens.lease(connection, 'dead', clock.nowMs, clock.nowMs + 100)).toBe(true);
  expect(await store.tokens.lease(connection, 'other', clock.nowMs, clock.nowMs + 100)).toBe(false);
  const waiting = keeper().accessToken(connection, obtain);
  await new Promise((wake) => setTimeout(wake, 120));
  clock.nowMs += 101;
  expect(await waiting).toBe('a1');
});

it.each(kinds)('keeps tokens sealed, for their own connection only (%s)', async (kind) => {
  const { connection, clock, keeper, store } = await open(kind);
  await keeper().accessToken(connection, provider(clock).obtain);
  const row = await store.tokens.find(connection);
  expect(JSON.stringify(row)).not.toContain('"a1"');
  const other = await addConnection(store);
  if (row !== undefined) await store.tokens.put({ ...row, connectionName: other });
  await expect(keeper().accessToken(other, provider(clock).obtain)).rejects.toMatchObject({ code: 'secret-damaged' });
  await store.connections.delete(connection);
  expect(await store.tokens.find(connection)).toBeUndefined();
});

it.each(kinds)('hands a pending sign-in out once, and never an expired one (%s)', async (kind) => {
  const { connection, store } = await open(kind);
  const account = crypto.randomUUID();
  await store.accounts.insert({
    id: account,
    email: `${account}@example.org`,
    displayName: 'Ada',
    role: 'maker',
    createdAtMs: 0,
  });
  const vault = createVault({ masterKey: parseMasterKey(generateMasterKey()) });
  const row = {
    kind: 'provider' as const,
    connectorName: connection,
    connectionName: connection,
    accountId: account,
    sessionId: 's',
    browserHash: 'b',
    secret: await vault.seal({ codeVerifier: 'v' }, 'x'),
    expiresAtMs: 100,
  };
  for (const id of ['one', 'old']) await store.pendingLinks.insert({ ...row, id: id + account });
  const taken = await Promise.all([1, 2, 3].map(() => store.pendingLinks.take(`one${account}`, 50)));
  expect(taken.filter((one) => one !== undefined)).toEqual([{ ...row, id: `one${account}` }]);
  expect(await store.pendingLinks.find(`old${account}`, 99)).toEqual({ ...row, id: `old${account}` });
  expect(await store.pendingLinks.take(`old${account}`, 100)).toBeUndefined();
});

it.each(kinds)('finds artifacts by kind and name, in any case, with or without the extension (%s)', async (kind) => {
  const { connection: environmentId, store } = await open(kind);
  const map = { environmentId, kind: 'map', contentType: 'application/xml', changedAtMs: 1 } as const;
  await store.artifacts.put({ ...map, name: 'Order.xslt', content: 'one' });
  await store.artifacts.put({ ...map, name: 'ORDER.XSLT', content: 'two', metadata: { by: 'me' }, changedAtMs: 2 });
  await store.artifacts.put({ ...map, name: 'Order.liquid', content: 'three' });
  expect(await store.artifacts.list(environmentId)).toEqual([
    { kind: 'map', name: 'Order.liquid', contentType: 'application/xml', changedAtMs: 1 },
    { kind: 'map', name: 'ORDER.XSLT', contentType: 'application/xml', changedAtMs: 2 },
  ]);
  const found = {
    kind: 'map',
    name: 'ORDER.XSLT',
    contentType: 'application/xml',
    content: 'two',
    metadata: { by: 'me' },
  };
  expect(await store.artifacts.findArtifact(environmentId, 'map', 'order.xslt')).toEqual(found);
  expect((await store.artifacts.findArtifact(environmentId, 'map', 'order'))?.content).toBe('three');
  expect(await store.artifacts.findArtifact(environmentId, 'schema', 'order')).toBe(undefined);
  expect(await store.artifacts.findArtifact(environmentId, 'map', 'order.xsl')).toBe(undefined);
  expect(await store.artifacts.findArtifact('other', 'map', 'order.xslt')).toBe(undefined);
  expect([
    await store.artifacts.delete(environmentId, 'map', 'order.xslt'),
    await store.artifacts.delete(environmentId, 'map', 'order.xslt'),
  ]).toEqual([true, false]);
});

it.each(kinds)('keeps variables by environment and name (%s)', async (kind) => {
  const { connection: environmentId, store } = await open(kind);
  await store.variables.put({ environmentId, name: 'a', value: '1', changedAtMs: 1 });
  await store.variables.put({ environmentId, name: 'a', value: '2', changedAtMs: 2 });
  expect(await store.variables.list(environmentId)).toEqual([{ environmentId, name: 'a', value: '2', changedAtMs: 2 }]);
  expect([await store.variables.delete(environmentId, 'a'), await store.variables.delete(environmentId, 'a')]).toEqual([
    true,
    false,
  ]);
});

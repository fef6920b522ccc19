import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  batchStoreContract,
  runStoreContract,
  scheduleStoreContract,
  watchStoreContract,
} from '@patchbay/workflow/contract-suite';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Store, StoreLocation } from './contract.ts';
import { StoreError } from './errors.ts';
import { openStore } from './open-store.ts';
import { parseStoreLocation } from './store-location.ts';
import {
  emptyDatabase,
  queryPostgres,
  startPostgres,
  type TestPostgres,
  whyNoPostgres,
} from './test-postgres/start-postgres.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-store-'));
  return folder;
}

const missing = whyNoPostgres();
let postgres: TestPostgres | undefined;

beforeAll(async () => {
  if (missing === undefined) postgres = await startPostgres();
}, 120_000);
afterAll(() => postgres?.stop());

/** A fresh, empty place for a store. */
type OpenPlace = () => Promise<{ readonly location: StoreLocation; readonly remove: () => void }>;

async function sqlitePlace(): ReturnType<OpenPlace> {
  const folder = temporaryFolder();
  return {
    location: { kind: 'sqlite', path: join(folder, 'patchbay.db') },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

async function postgresPlace(): ReturnType<OpenPlace> {
  return {
    location: { kind: 'postgres', url: await emptyDatabase(postgres?.url ?? '') },
    remove: () => undefined,
  };
}

function suite(title: string, openPlace: OpenPlace): void {
  const open = async (nowMs?: () => number) => {
    const place = await openPlace();
    const store = await openStore(place.location, { blobThresholdBytes: 1024, ...(nowMs !== undefined && { nowMs }) });
    const close = async (): Promise<void> => {
      await store.close();
      place.remove();
    };
    return { store, close, location: place.location };
  };
  const withStore = async (): Promise<Store> => {
    const { store, close } = await open();
    onTestFinished(close);
    await store.environments.insert({
      id: 'E',
      displayName: 'Dev',
      isDefault: true,
      allowedNetworks: ['loopback'],
      createdAtMs: 1,
    });
    return store;
  };

  runStoreContract(title, async (clock) => {
    const { store, close } = await open(() => clock.nowMs());
    return { store: store.runs, close };
  });
  scheduleStoreContract(title, async () => {
    const { store, close } = await open();
    return { store: store.schedules, close };
  });
  batchStoreContract(title, async () => {
    const { store, close } = await open();
    return { store: store.batches, close };
  });
  watchStoreContract(title, async () => {
    const { store, close } = await open();
    await store.environments.insert({
      id: 'E',
      displayName: 'Dev',
      isDefault: true,
      allowedNetworks: [],
      createdAtMs: 1,
    });
    await store.flows.insert(
      {
        id: 'flow-1',
        environmentId: 'E',
        displayName: 'F',
        state: 'Started',
        revision: 1,
        createdBy: 'a',
        createdAtMs: 1,
        changedAtMs: 1,
      },
      {
        flowId: 'flow-1',
        revision: 1,
        definition: '{}',
        parameters: '{}',
        connectionReferences: '{}',
        createdAtMs: 1,
      },
    );
    return { store: store.watches, close };
  });

  describe(`${title} as a store`, () => {
    it('compares its clock with the database, on this machine the same', async () => {
      const store = await withStore();
      expect(Math.abs(await store.clockAheadMs())).toBeLessThan(1_000);
    });

    it('keeps environments', async () => {
      const store = await withStore();
      expect(await store.environments.update('E', { allowedNetworks: [] })).toBe(true);
      expect(await store.environments.update('none', { displayName: 'x' })).toBe(false);
      expect(await store.environments.list()).toEqual([
        { id: 'E', displayName: 'Dev', isDefault: true, allowedNetworks: [], createdAtMs: 1 },
      ]);
    });

    it('keeps accounts, and finds them by e-mail in any case', async () => {
      const store = await withStore();
      const account = {
        id: 'a',
        email: 'ada@example.com',
        displayName: 'Ada',
        role: 'administrator',
        createdAtMs: 1,
      } as const;
      await store.accounts.insert({ ...account, email: 'Ada@Example.com' });
      await store.accounts.update('a', { passwordHash: 'hash' });
      expect(await store.accounts.findByEmail('ADA@example.com')).toEqual({ ...account, passwordHash: 'hash' });
    });

    it('keeps sessions until they expire, and gives a sign-in link once', async () => {
      const store = await withStore();
      await store.accounts.insert({ id: 'a', email: 'a@b.c', displayName: 'A', role: 'maker', createdAtMs: 1 });
      await store.sessions.insert({ id: 's', accountId: 'a', csrfToken: 't', createdAtMs: 1, expiresAtMs: 100 });
      expect((await store.sessions.find('s', 99))?.csrfToken).toBe('t');
      expect(await store.sessions.find('s', 100)).toBeUndefined();
      await store.sessions.insertSignInLink({ id: 'l', accountId: 'a', expiresAtMs: 100 });
      const taken = await Promise.all([store.sessions.takeSignInLink('l', 1), store.sessions.takeSignInLink('l', 1)]);
      expect(taken.filter((link) => link !== undefined)).toEqual([{ id: 'l', accountId: 'a', expiresAtMs: 100 }]);
    });

    it('ends the other sessions of an account, and forgets all that the identity provider keeps of it', async () => {
      const store = await withStore();
      for (const id of ['a_1', 'ab1'])
        await store.accounts.insert({ id, email: `${id}@b.c`, displayName: id, role: 'maker', createdAtMs: 1 });
      const session = { csrfToken: 't', createdAtMs: 1, expiresAtMs: 100 };
      for (const [id, accountId] of [
        ['kept', 'a_1'],
        ['ended', 'a_1'],
        ['other', 'ab1'],
      ] as const)
        await store.sessions.insert({ id, accountId, ...session });
      await store.sessions.deleteOthers('a_1', 'kept');
      const found = await Promise.all(['kept', 'ended', 'other'].map((id) => store.sessions.find(id, 1)));
      expect(found.map((one) => one?.id)).toEqual(['kept', undefined, 'other']);
      for (const accountId of ['a_1', 'ab1'])
        await store.identity.upsert({ model: 'Session', id: accountId, payload: JSON.stringify({ x: { accountId } }) });
      await store.identity.deleteByAccount('a_1');
      expect(await store.identity.find('Session', 'a_1')).toBeUndefined();
      expect((await store.identity.find('Session', 'ab1'))?.id).toBe('ab1');
    });

    it('keeps the first of two values of a setting that is put if absent', async () => {
      const store = await withStore();
      const kept = await Promise.all(['a', 'b'].map((value) => store.settings.putIfAbsent('secret', value)));
      expect(kept[0]).toBe(kept[1]);
      expect(await store.settings.find('secret')).toBe(kept[0]);
      await store.settings.delete('secret');
      expect(await store.settings.find('secret')).toBeUndefined();
    });

    it('writes a connector only over the revision that was read, and deletes it with its connections', async () => {
      const store = await withStore();
      const connector = {
        name: 'c',
        environmentId: 'E',
        displayName: 'C',
        description: '',
        revision: 1,
        definition: '{}',
        properties: '{}',
        createdBy: 'a',
        createdAtMs: 1,
        changedAtMs: 1,
      };
      await store.connectors.insert(connector);
      expect(await store.connectors.update({ ...connector, revision: 2, definition: '{"a":1}' }, 1)).toBe(true);
      expect(await store.connectors.update({ ...connector, revision: 2 }, 1)).toBe(false);
      expect(await store.connectors.list('E')).toEqual([{ ...connector, revision: 2, definition: '{"a":1}' }]);
      const connection = {
        name: 'n',
        connectorName: 'c',
        environmentId: 'E',
        displayName: 'N',
        parameters: '{}',
        status: 'Error',
        statusError: { code: 'x', message: 'y' },
        secret: { version: 1, keyId: 'k', wrappedKey: 'w', sealed: 's' },
        revision: 1,
        createdBy: 'a',
        createdAtMs: 1,
        changedAtMs: 1,
      } as const;
      await store.connections.insert(connection);
      expect(await store.connections.list('E', 'c')).toEqual([connection]);
      expect(await store.connectors.delete('c')).toBe(true);
      expect(await store.connections.find('n')).toBeUndefined();
    });

    it('keeps every revision of a flow and deletes it with its history', async () => {
      const store = await withStore();
      const flow = {
        id: 'f',
        environmentId: 'E',
        displayName: 'F',
        state: 'Started',
        revision: 1,
        createdBy: 'a',
        createdAtMs: 1,
        changedAtMs: 1,
      } as const;
      const revision = {
        flowId: 'f',
        revision: 1,
        definition: '{}',
        parameters: '{}',
        connectionReferences: '{}',
        createdAtMs: 1,
      };
      await store.flows.insert(flow, revision);
      expect(
        await store.flows.revise({ ...flow, revision: 2 }, { ...revision, revision: 2, definition: '{"b":1}' }),
      ).toBe(true);
      expect(await store.flows.revise({ ...flow, revision: 2 }, { ...revision, revision: 2 })).toBe(false);
      expect((await store.flows.findRevision('f', 1))?.definition).toBe('{}');
      expect((await store.flows.listStarted()).map((row) => row.revision)).toEqual([2]);
      expect(await store.flows.delete('f')).toBe(true);
      expect(await store.flows.findRevision('f', 2)).toBeUndefined();
    });

    it('changes flows while runs are being written', async () => {
      const store = await withStore();
      const times = { createdBy: 'a', createdAtMs: 1, changedAtMs: 1 };
      const flow = { id: 'f', environmentId: 'E', displayName: 'F', state: 'Started', revision: 1, ...times } as const;
      const revision = { flowId: 'f', revision: 1, definition: '{}', parameters: '{}', connectionReferences: '{}' };
      await store.flows.insert(flow, { ...revision, createdAtMs: 1 });
      const startTime = '2026-01-01T00:00:00.0000000Z';
      const trigger = { name: 'manual', status: 'Succeeded', startTime, endTime: startTime } as const;
      const runIds = Array.from({ length: 200 }, (_, index) => `run-${String(index).padStart(3, '0')}`);
      const appended = runIds.map(async (runId, index) => {
        // Spread over several turns of the event loop, and so over several transactions.
        for (let turn = 0; turn < index; turn += 10) await new Promise(setImmediate);
        const run = { runId, flowId: 'f', flowRevision: 1, status: 'Running', startTime, trigger } as const;
        await store.runs.append({ runId, epoch: 1 }, [
          { kind: 'run-started', run: { ...run, clientTrackingId: runId }, owner: 'o', leaseUntilMs: 0 },
        ]);
      });
      for (let next = 2; next <= 30; next += 1) {
        await new Promise(setImmediate);
        const change = [
          { ...flow, revision: next },
          { ...revision, revision: next, createdAtMs: 1 },
        ] as const;
        expect(await store.flows.revise(...change)).toBe(true);
      }
      await Promise.all(appended);
      const runs = await store.runs.listRuns({ flowId: 'f', limit: 1000 });
      expect(runs.map((run) => run.runId)).toEqual(runIds);
      expect((await store.flows.find('f'))?.revision).toBe(30);
    });

    it('keeps what the identity provider keeps', async () => {
      const store = await withStore();
      const row = {
        model: 'DeviceCode',
        id: 'd',
        payload: '{}',
        grantId: 'g',
        userCode: 'ABCD',
        uid: 'u',
        expiresAtMs: 100,
      };
      await store.identity.upsert(row);
      await store.identity.consume('DeviceCode', 'd', 50);
      expect(await store.identity.findByUserCode('DeviceCode', 'ABCD')).toEqual({ ...row, consumedAtMs: 50 });
      expect(await store.identity.findByUid('Session', 'u')).toBeUndefined();
      await store.identity.deleteByGrant('g');
      expect(await store.identity.find('DeviceCode', 'd')).toBeUndefined();
    });

    it('keeps settings over a restart', async () => {
      const place = await openPlace();
      const first = await openStore(place.location);
      await first.settings.put('a', '1');
      await first.settings.put('a', '2');
      await first.close();
      const second = await openStore(place.location);
      expect(await second.settings.find('a')).toBe('2');
      await second.ping();
      await second.close();
      place.remove();
    });
  });
}

suite('SQLite', sqlitePlace);
it.skipIf(missing !== undefined)('refuses a PostgreSQL database that something else has its tables in', async () => {
  const url = await emptyDatabase(postgres?.url ?? '');
  await queryPostgres(url, 'create table customer (id integer)');
  await expect(openStore({ kind: 'postgres', url })).rejects.toMatchObject({
    code: 'store-foreign',
    message: 'The PostgreSQL database holds tables of something else (customer). Give Patchbay a database of its own.',
  });
});

if (missing === undefined) suite('PostgreSQL', postgresPlace);
else it.skip(`PostgreSQL as a store (${missing})`);

it('refuses a second process on one file, and says what to do', async () => {
  const place = await sqlitePlace();
  const store = await openStore(place.location);
  onTestFinished(async () => {
    await store.close();
    place.remove();
  });
  await expect(openStore(place.location)).rejects.toMatchObject({ code: 'store-in-use' });
  if (place.location.kind === 'sqlite') expect(statSync(place.location.path).mode & 0o777).toBe(0o600);
});

it('names a file that is no database, and says what to do', async () => {
  const place = await sqlitePlace();
  onTestFinished(place.remove);
  if (place.location.kind !== 'sqlite') throw new Error('not a file');
  const { path } = place.location;
  writeFileSync(path, 'not a database '.repeat(1000));
  await expect(openStore(place.location)).rejects.toMatchObject({
    code: 'store-unreachable',
    message: `${path} cannot be opened: file is not a database. Put back a good copy, or choose another data folder with PATCHBAY_DATA.`,
  });
});

it('keeps every acknowledged append over a kill -9, and none by half', async () => {
  const place = await sqlitePlace();
  onTestFinished(place.remove);
  if (place.location.kind !== 'sqlite') throw new Error('no path');
  for (let round = 0; round < 4; round += 1) {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'test-process/append-forever.ts'), place.location.path, String(round)],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const acknowledged: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      acknowledged.push(...chunk.split('\n').filter((line) => line !== ''));
      if (acknowledged.length > 200 + round * 97) child.kill('SIGKILL');
    });
    await new Promise((exited) => child.once('close', exited));
    // The last line may have been cut off.
    const certain = acknowledged.slice(0, -1);
    const store = await openStore(place.location);
    const records = await Promise.all(certain.map((runId) => store.runs.listActions(runId)));
    expect(records.map((actions) => actions.length)).toEqual(certain.map(() => 3));
    await store.close();
  }
});

it.each([
  ['data/patchbay.db', { kind: 'sqlite', path: 'data/patchbay.db' }],
  ['sqlite:/tmp/x.db', { kind: 'sqlite', path: '/tmp/x.db' }],
  ['postgres://u:p@h/d', { kind: 'postgres', url: 'postgres://u:p@h/d' }],
])('reads the location %s', (text, location) => {
  expect(parseStoreLocation(text)).toEqual(location);
});

it('refuses to keep nothing', () => {
  expect(() => parseStoreLocation('sqlite::memory:')).toThrow(
    new StoreError('location-invalid', 'Patchbay keeps its data in a file; :memory: is none. Name a path.'),
  );
});

it('refuses other databases by name', () => {
  expect(() => parseStoreLocation('mysql://h/d')).toThrow(
    new StoreError(
      'location-invalid',
      'Patchbay keeps its data in PostgreSQL (postgres://…) or SQLite (a path), not mysql.',
    ),
  );
});

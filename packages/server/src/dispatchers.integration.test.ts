import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRedisDispatcher } from '@patchbay/dispatch';
import { startRedis, type TestRedis, whyNoRedis } from '@patchbay/dispatch/test-redis';
import { openStore, type StoreLocation } from '@patchbay/store';
import { emptyDatabase, startPostgres, type TestPostgres, whyNoPostgres } from '@patchbay/store/test-postgres';
import { createEmbeddedDispatcher, createSystemClock, type Dispatcher } from '@patchbay/workflow';
import { type DispatcherWorld, dispatcherContract } from '@patchbay/workflow/contract-suite';
import { afterAll, beforeAll, it } from 'vitest';

const noPostgres = whyNoPostgres();
const noRedis = whyNoRedis();
const clock = createSystemClock();
let postgres: TestPostgres | undefined;
let redis: TestRedis | undefined;
let worlds = 0;

beforeAll(async () => {
  if (noPostgres === undefined) postgres = await startPostgres();
  if (noPostgres === undefined && noRedis === undefined) redis = await startRedis();
}, 120_000);
afterAll(async () => {
  await redis?.stop();
  postgres?.stop();
});

/** Dispatchers over as many connections to one store as there are processes. */
async function world(
  location: StoreLocation,
  open: (store: Awaited<ReturnType<typeof openStore>>) => Promise<Dispatcher>,
  remove: () => void,
): Promise<DispatcherWorld> {
  const first = await openStore(location);
  const stores = [first];
  const dispatchers: Dispatcher[] = [];
  return {
    open: async () => {
      const store = dispatchers.length === 0 ? first : await openStore(location);
      if (store !== first) stores.push(store);
      const dispatcher = await open(store);
      dispatchers.push(dispatcher);
      return dispatcher;
    },
    store: first.runs,
    nowMs: () => clock.nowMs(),
    pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    close: async () => {
      await Promise.all(dispatchers.map((dispatcher) => dispatcher.stop(0)));
      for (const store of stores) await store.close();
      remove();
    },
  };
}

dispatcherContract('embedded over SQLite', 'one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-dispatch-'));
  return world(
    { kind: 'sqlite', path: join(folder, 'patchbay.db') },
    async (store) => createEmbeddedDispatcher(clock, store.runs),
    () => rmSync(folder, { recursive: true }),
  );
});

if (noPostgres === undefined) {
  dispatcherContract('embedded over PostgreSQL', 'many', async () =>
    world(
      { kind: 'postgres', url: await emptyDatabase(postgres?.url ?? '') },
      async ({ runs, notices }) =>
        createEmbeddedDispatcher(clock, runs, { shared: notices === undefined ? {} : { notices } }),
      () => undefined,
    ),
  );
} else {
  it.skip(`embedded over PostgreSQL as a dispatcher (${noPostgres})`);
}

const missing = noPostgres ?? noRedis;
if (missing === undefined) {
  dispatcherContract('BullMQ over Redis and PostgreSQL', 'many', async () => {
    worlds += 1;
    const installation = `test-${worlds}`;
    const logger = {
      warn: () => undefined,
      error: (fields: object, message: string) => console.error(message, fields),
    };
    return world(
      { kind: 'postgres', url: await emptyDatabase(postgres?.url ?? '') },
      ({ runs }) => openRedisDispatcher({ url: redis?.url ?? '', installation, clock, runs, logger }),
      () => undefined,
    );
  });
} else {
  it.skip(`BullMQ over Redis and PostgreSQL as a dispatcher (${missing})`);
}

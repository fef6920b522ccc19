import { createMemoryRunStore, createSystemClock, type Dispatcher, type RunStore } from '@patchbay/workflow';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { openRedisDispatcher } from './open-redis-dispatcher.ts';
import type { RedisDispatcherOptions } from './redis-dispatcher.ts';
import { startRedis, type TestRedis, whyNoRedis } from './test-redis/start-redis.ts';

const missing = whyNoRedis();
const clock = createSystemClock();
const time = '2026-01-01T00:00:00.0000000Z';
let redis: TestRedis;

beforeAll(async () => {
  if (missing === undefined) redis = await startRedis();
});
afterAll(async () => {
  if (missing === undefined) await redis.stop();
});

function onRedis(name: string, test: () => Promise<void>): void {
  if (missing === undefined) it(name, test);
  else it.skip(`${name} (${missing})`);
}

type Told = { readonly level: 'warn' | 'error'; readonly message: string };

async function open(store: RunStore, change: Partial<RedisDispatcherOptions> = {}) {
  const told: Told[] = [];
  const dispatcher = await openRedisDispatcher({
    url: redis.url,
    installation: expect.getState().currentTestName ?? '',
    clock,
    runs: store,
    logger: {
      warn: (_fields, message) => told.push({ level: 'warn', message }),
      error: (_fields, message) => told.push({ level: 'error', message }),
    },
    ...change,
  });
  onTestFinished(() => dispatcher.stop(100));
  return { dispatcher, told };
}

/** Claims what it is given and ends it. */
function finishing(store: RunStore, owner = 'me') {
  const finished: string[] = [];
  const advance = async (runId: string): Promise<void> => {
    const run = await store.claim(runId, owner, clock.nowMs() + 5_000);
    if (run === undefined) return;
    await store.append(run.lease, [{ kind: 'run-finished', runId, status: 'Succeeded', endTime: time }]);
    finished.push(runId);
  };
  return { finished, advance };
}

async function sleep(store: RunStore, dispatcher: Dispatcher | undefined, runId: string, wakeAtMs: number) {
  const trigger = { name: 'manual', status: 'Succeeded', startTime: time, endTime: time } as const;
  const run = { runId, flowId: 'f', flowRevision: 1, status: 'Running', startTime: time, trigger } as const;
  await store.append({ runId, epoch: 1 }, [
    { kind: 'run-started', run: { ...run, clientTrackingId: 'x' }, owner: 'gone', leaseUntilMs: 0 },
    { kind: 'run-sleeping', runId, wakeAtMs },
  ]);
  dispatcher?.wakeAt(runId, wakeAtMs);
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let round = 0; round < 400 && !(await isSo()); round++) await pause(50);
}

const pause = (ms: number): Promise<void> => new Promise((wake) => setTimeout(wake, ms));
const runIds = Array.from({ length: 50 }, (_, index) => `run-${String(index).padStart(2, '0')}`);
const keys = (installation: string): string => `{patchbay-${installation}}`;

onRedis('refuses a Redis that throws keys away', async () => {
  const evicting = await startRedis({ maxmemory: '50mb', 'maxmemory-policy': 'allkeys-lru' });
  onTestFinished(() => evicting.stop());
  const opened = open(createMemoryRunStore(clock), { url: evicting.url });
  await expect(opened).rejects.toMatchObject({
    code: 'redis-evicts',
    message: `Redis at ${new URL(evicting.url).host} throws keys away when its memory is full (maxmemory-policy allkeys-lru), and with them wake-ups of runs. Set maxmemory-policy to noeviction.`,
  });
});

onRedis('refuses an address that is none of Redis', async () => {
  await expect(open(createMemoryRunStore(clock), { url: 'http://127.0.0.1' })).rejects.toMatchObject({
    code: 'redis-address-invalid',
  });
});

onRedis('keeps two installations on one Redis apart', async () => {
  const [one, two] = [createMemoryRunStore(clock), createMemoryRunStore(clock)];
  const first = await open(one, { installation: 'one' });
  const second = await open(two, { installation: 'two' });
  const woken: string[] = [];
  await first.dispatcher.start(async (runId) => void woken.push(`one advances ${runId}`));
  await second.dispatcher.start(async (runId) => void woken.push(`two advances ${runId}`));
  second.dispatcher.wake('a');
  await until(() => woken.length > 0);
  await pause(200);
  expect(woken).toEqual(['two advances a']);
});

onRedis('loses no sleeping run when Redis forgets everything', async () => {
  const store = createMemoryRunStore(clock);
  const { dispatcher, told } = await open(store);
  const { finished, advance } = finishing(store);
  await dispatcher.start(advance);
  const wakeAtMs = clock.nowMs() + 1_000;
  for (const runId of runIds) await sleep(store, dispatcher, runId, wakeAtMs);
  await pause(200);
  await redis.command('FLUSHALL');
  await until(() => finished.length === runIds.length);
  expect({ finished: [...finished].sort(), told }).toEqual({ finished: runIds, told: [] });
});

onRedis('goes on while Redis is away, and says once that it went and once that it is back', async () => {
  const own = await startRedis();
  onTestFinished(() => own.stop());
  const store = createMemoryRunStore(clock);
  const { dispatcher, told } = await open(store, { url: own.url });
  const { finished, advance } = finishing(store);
  await dispatcher.start(advance);
  for (const runId of runIds) await sleep(store, dispatcher, runId, clock.nowMs() + 1_000);
  await own.kill();
  await sleep(store, undefined, 'woken', clock.nowMs() + 3_600_000);
  await store.requestCancel('woken');
  dispatcher.wake('woken');
  await until(() => finished.length === runIds.length + 1);
  const whileAway = [...finished].sort();
  await own.restart();
  await until(() => told.length === 2);
  await sleep(store, dispatcher, 'after', clock.nowMs() + 300);
  await until(() => finished.includes('after'));
  expect({ whileAway, told }).toEqual({
    whileAway: [...runIds, 'woken'],
    told: [
      { level: 'warn', message: 'Redis does not answer: runs are found in the database until it does' },
      { level: 'warn', message: 'Redis is back' },
    ],
  });
  expect(finished).toContain('after');
});

onRedis('starts without Redis and takes to it when it is there', async () => {
  const own = await startRedis();
  onTestFinished(() => own.stop());
  await own.kill();
  const store = createMemoryRunStore(clock);
  const { dispatcher, told } = await open(store, { url: own.url, installation: 'late' });
  const { finished, advance } = finishing(store);
  await dispatcher.start(advance);
  await sleep(store, dispatcher, 'before', clock.nowMs() + 100);
  await until(() => finished.length === 1);
  await own.restart();
  await until(() => told.length === 2);
  await sleep(store, dispatcher, 'after', clock.nowMs() + 3_600_000);
  const delayed = async (): Promise<unknown> => own.command('ZCARD', `${keys('late')}:runs:delayed`);
  await until(async () => {
    dispatcher.wakeAt('after', clock.nowMs() + 3_600_000);
    return (await delayed()) === 1;
  });
  expect({ finished, delayed: await delayed() }).toEqual({ finished: ['before'], delayed: 1 });
});

onRedis('keeps wake-ups of another day out of Redis until they are near', async () => {
  const store = createMemoryRunStore(clock);
  const far = await open(store, { installation: 'far' });
  await far.dispatcher.start(async () => undefined);
  const hourMs = 3_600_000;
  for (const [index, hours] of [1, 20, 30, 40].entries()) {
    await sleep(store, far.dispatcher, `run-${index}`, clock.nowMs() + hours * hourMs);
  }
  const delayed = async (): Promise<unknown> => redis.command('ZCARD', `${keys('far')}:runs:delayed`);
  await until(async () => (await delayed()) === 2);
  const atFirst = await delayed();
  // A day later, as it were.
  const later = await open(store, { installation: 'far', settings: { nearMs: 35 * hourMs } });
  await later.dispatcher.start(async () => undefined);
  await until(async () => (await delayed()) === 3);
  expect({ atFirst, later: await delayed() }).toEqual({ atFirst: 2, later: 3 });
});

onRedis('gives a Redis that has forgotten everything its wake-ups again', async () => {
  const store = createMemoryRunStore(clock);
  const { dispatcher } = await open(store, { installation: 'again' });
  await dispatcher.start(async () => undefined);
  for (const runId of runIds) await sleep(store, dispatcher, runId, clock.nowMs() + 3_600_000);
  const delayed = async (): Promise<unknown> => redis.command('ZCARD', `${keys('again')}:runs:delayed`);
  await until(async () => (await delayed()) === runIds.length);
  await redis.command('FLUSHALL');
  const next = await open(store, { installation: 'again' });
  await next.dispatcher.start(async () => undefined);
  await until(async () => (await delayed()) === runIds.length);
  expect(await delayed()).toBe(runIds.length);
});

onRedis('stops while Redis is away', async () => {
  const own = await startRedis();
  onTestFinished(() => own.stop());
  const store = createMemoryRunStore(clock);
  const { dispatcher } = await open(store, { url: own.url });
  const { finished, advance } = finishing(store);
  await dispatcher.start(advance);
  await sleep(store, dispatcher, 'a', clock.nowMs() + 50);
  await until(() => finished.length === 1);
  await own.kill();
  await dispatcher.stop(1_000);
  expect(finished).toEqual(['a']);
});

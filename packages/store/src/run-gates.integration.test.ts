import {
  createEmbeddedDispatcher,
  createEngine,
  createSystemClock,
  type Engine,
  type FlowDefinition,
  type Invoker,
  type RunStore,
} from '@patchbay/workflow';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { openStore } from './open-store.ts';
import { emptyDatabase, startPostgres, type TestPostgres, whyNoPostgres } from './test-postgres/start-postgres.ts';

const missing = whyNoPostgres();
let postgres: TestPostgres | undefined;

beforeAll(async () => {
  if (missing === undefined) postgres = await startPostgres();
}, 120_000);
afterAll(() => postgres?.stop());

function flowOf(runs: number): FlowDefinition {
  return {
    flowId: 'flow',
    revision: 1,
    displayName: 'Flow',
    environmentId: 'E',
    stateless: false,
    definition: {
      triggers: {
        manual: {
          type: 'Request',
          runtimeConfiguration: { concurrency: { runs, maximumWaitingRuns: 200 } },
        },
      },
      actions: {
        Call: { type: 'Http', inputs: { method: 'GET', uri: "https://api.test/@{triggerBody()['n']}" } },
        Answer: { type: 'Response', inputs: { body: "@triggerBody()['n']" }, runAfter: { Call: ['Succeeded'] } },
      },
    },
    parameters: {},
    connectionReferences: {},
  };
}

/** An API that knows who is with it, and in what order they came. */
function createApi(pauseMs: () => number) {
  const calls: string[] = [];
  let inside = 0;
  let most = 0;
  const invoker = (isDead: () => boolean): Invoker => ({
    effect: () => 'safe',
    async invoke(invocation) {
      calls.push(invocation.kind === 'http' ? invocation.uri.slice('https://api.test/'.length) : '');
      inside++;
      most = Math.max(most, inside);
      await new Promise((wake) => setTimeout(wake, pauseMs()));
      inside--;
      if (isDead()) return new Promise<never>(() => undefined);
      return { statusCode: 200, headers: {}, body: null };
    },
  });
  return { calls, invoker, most: () => most };
}

/** A store that answers nothing any more once its process is dead. */
function mortal(runs: RunStore, isDead: () => boolean): RunStore {
  return new Proxy(runs, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...given: readonly unknown[]) =>
        isDead() ? new Promise<never>(() => undefined) : Reflect.apply(member, target, given);
    },
  });
}

/** A process of its own, as far as the database can tell. */
async function startProcess(url: string, flow: FlowDefinition, api: ReturnType<typeof createApi>, leaseMs = 30_000) {
  const state = { isDead: false };
  const store = await openStore({ kind: 'postgres', url });
  const runs = mortal(store.runs, () => state.isDead);
  const clock = createSystemClock();
  const engine: Engine = createEngine({
    store: runs,
    clock,
    invoker: api.invoker(() => state.isDead),
    schedules: store.schedules,
    dispatcher: createEmbeddedDispatcher(clock, runs, { shared: {} }),
    flows: { load: async () => flow },
    leaseMs,
  });
  await engine.start();
  onTestFinished(async () => {
    if (!state.isDead) await engine.drain(2_000);
    await store.close();
  });
  return {
    store,
    fire: (n: number, wantsResponse = false) =>
      engine.fire({ flow, trigger: 'manual', outputs: { body: { n } }, wantsResponse }),
    die: () => {
      state.isDead = true;
    },
  };
}

async function place(): Promise<string> {
  return emptyDatabase(postgres?.url ?? '');
}

it.skipIf(missing !== undefined)(
  'runs no more than its trigger lets, over two processes',
  { timeout: 60_000 },
  async () => {
    const url = await place();
    const flow = flowOf(3);
    const api = createApi(() => 5 + Math.random() * 10);
    const processes = [await startProcess(url, flow, api), await startProcess(url, flow, api)];
    const fired = await Promise.all(Array.from({ length: 60 }, (_, n) => processes[n % 2]?.fire(n)));
    expect(fired.every((result) => result?.fired === true)).toBe(true);
    await vi.waitFor(
      async () => {
        const ended = await processes[0]?.store.runs.listRuns({ flowId: 'flow', status: ['Succeeded'], limit: 100 });
        expect(ended).toHaveLength(60);
      },
      { timeout: 30_000, interval: 50 },
    );
    expect(api.most()).toBe(3);
    expect(new Set(api.calls).size).toBe(60);
    expect(api.calls).toHaveLength(60);
  },
);

it.skipIf(missing !== undefined)(
  'lets them in oldest first, whichever process takes them, and answers their callers',
  { timeout: 60_000 },
  async () => {
    const url = await place();
    const flow = flowOf(1);
    const api = createApi(() => 3);
    const processes = [await startProcess(url, flow, api), await startProcess(url, flow, api)];
    const answers: (Promise<unknown> | undefined)[] = [];
    for (let n = 0; n < 12; n++) answers.push((await processes[n % 2]?.fire(n, true))?.runs[0]?.response);
    expect(await Promise.all(answers)).toEqual(
      Array.from({ length: 12 }, (_, n) => expect.objectContaining({ kind: 'response', body: n })),
    );
    expect(api.calls).toEqual(Array.from({ length: 12 }, (_, n) => String(n)));
    expect(api.most()).toBe(1);
  },
);

it.skipIf(missing !== undefined)(
  'goes on with those that wait when a process has died',
  { timeout: 60_000 },
  async () => {
    const url = await place();
    const flow = flowOf(2);
    const api = createApi(() => 20);
    const leaseMs = 1_000;
    const [one, two] = [await startProcess(url, flow, api, leaseMs), await startProcess(url, flow, api, leaseMs)];
    for (let n = 0; n < 20; n++) await (n % 2 === 0 ? one : two).fire(n);
    one.die();
    await vi.waitFor(
      async () => {
        const ended = await two.store.runs.listRuns({ flowId: 'flow', status: ['Succeeded'], limit: 100 });
        expect(ended).toHaveLength(20);
      },
      { timeout: 30_000, interval: 50 },
    );
    expect(api.most()).toBeLessThanOrEqual(2);
  },
);

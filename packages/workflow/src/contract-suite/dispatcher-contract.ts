import { afterEach, describe, expect, it } from 'vitest';
import type { Dispatcher, RunStore } from '../contract.ts';

/** What a suite is given: one store, and dispatchers over it as processes have them. */
export type DispatcherWorld = {
  /** One more process's dispatcher. */
  open(): Promise<Dispatcher>;
  readonly store: RunStore;
  nowMs(): number;
  /** Lets time go by and what is due be delivered. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
};

export type OpenDispatchers = () => Promise<DispatcherWorld>;

const time = '2026-01-01T00:00:00.0000000Z';
const leaseMs = 100_000;

/** A run of an owner that is gone; its lease ends at a time, or it sleeps until one. */
async function leave(
  store: RunStore,
  runId: string,
  { leaseUntilMs = 1, wakeAtMs }: { readonly leaseUntilMs?: number; readonly wakeAtMs?: number },
): Promise<void> {
  const trigger = { name: 'manual', status: 'Succeeded', startTime: time, endTime: time } as const;
  const run = { runId, flowId: 'f', flowRevision: 1, status: 'Running', startTime: time, trigger } as const;
  await store.append({ runId, epoch: 1 }, [
    { kind: 'run-started', run: { ...run, clientTrackingId: 'x' }, owner: 'gone', leaseUntilMs },
    ...(wakeAtMs === undefined ? [] : [{ kind: 'run-sleeping', runId, wakeAtMs } as const]),
  ]);
}

/** What every {@link Dispatcher} owes the engine. `processes`: how many may work on the store. */
export function dispatcherContract(name: string, processes: 'one' | 'many', openWorld: OpenDispatchers): void {
  describe(`${name} as a dispatcher`, () => {
    const opened: { close: () => Promise<void> }[] = [];

    async function make(): Promise<DispatcherWorld & { readonly dispatcher: Dispatcher }> {
      const world = await openWorld();
      opened.push(world);
      return { ...world, dispatcher: await world.open() };
    }

    /** Waits for what has to happen; how long it takes is nobody's promise. */
    async function until(world: DispatcherWorld, isSo: () => boolean): Promise<void> {
      for (let round = 0; round < 200 && !isSo(); round++) await world.pass(50);
    }

    /** Advances as an engine does: only what it can claim, and then to the run's end. */
    function claiming({ store, nowMs }: DispatcherWorld, owner: string, work?: (runId: string) => Promise<void>) {
      const claimed: string[] = [];
      const claimedAtMs: number[] = [];
      const advance = async (runId: string): Promise<void> => {
        const run = await store.claim(runId, owner, nowMs() + leaseMs);
        if (run === undefined) return;
        claimed.push(runId);
        claimedAtMs.push(nowMs());
        await work?.(runId);
        await store.append(run.lease, [{ kind: 'run-finished', runId, status: 'Succeeded', endTime: time }]);
      };
      return { claimed, claimedAtMs, advance };
    }

    afterEach(async () => {
      for (const { close } of opened.splice(0)) await close();
    });

    it('advances what is woken', async () => {
      const { dispatcher, ...world } = await make();
      const advanced: string[] = [];
      await dispatcher.start(async (runId) => {
        advanced.push(runId);
      });
      dispatcher.wake('a');
      dispatcher.wake('b');
      await until(world, () => advanced.length === 2);
      expect(advanced.sort()).toEqual(['a', 'b']);
    });

    it('advances a run by one at a time, and once more for a wake in between', async () => {
      const { dispatcher, ...world } = await make();
      let open = 0;
      let most = 0;
      let calls = 0;
      const gate = Promise.withResolvers<void>();
      await dispatcher.start(async () => {
        calls++;
        most = Math.max(most, ++open);
        if (calls === 1) await gate.promise;
        open--;
      });
      dispatcher.wake('a');
      await until(world, () => calls === 1);
      dispatcher.wake('a');
      dispatcher.wake('a');
      await world.pass(200);
      expect([calls, most]).toEqual([1, 1]);
      gate.resolve();
      await until(world, () => calls === 2);
      await world.pass(200);
      expect([calls, most]).toEqual([2, 1]);
    });

    it('finds at its start what is due in the store', async () => {
      const { dispatcher, ...world } = await make();
      await leave(world.store, 'late', { wakeAtMs: world.nowMs() - 10 });
      await leave(world.store, 'later', { wakeAtMs: world.nowMs() + 3_600_000 });
      const { claimed, advance } = claiming(world, 'me');
      await dispatcher.start(advance);
      await until(world, () => claimed.length > 0);
      await world.pass(100);
      expect(claimed).toEqual(['late']);
    });

    it('advances a sleeping run at its time', async () => {
      const { dispatcher, ...world } = await make();
      const { claimed, claimedAtMs, advance } = claiming(world, 'me');
      await dispatcher.start(advance);
      const wakeAtMs = world.nowMs() + 600;
      await leave(world.store, 'a', { wakeAtMs });
      dispatcher.wakeAt('a', wakeAtMs);
      await until(world, () => claimed.length > 0);
      const isInTime = claimedAtMs.every((claimMs) => claimMs >= wakeAtMs);
      expect({ claimed, isInTime }).toEqual({ claimed: ['a'], isInTime: true });
    });

    it('advances a sleeping run before its time when it is woken', async () => {
      const { dispatcher, ...world } = await make();
      const { claimed, advance } = claiming(world, 'me');
      await dispatcher.start(advance);
      const wakeAtMs = world.nowMs() + 3_600_000;
      await leave(world.store, 'a', { wakeAtMs });
      dispatcher.wakeAt('a', wakeAtMs);
      await world.pass(100);
      await world.store.requestCancel('a');
      dispatcher.wake('a');
      await until(world, () => claimed.length > 0);
      expect(claimed).toEqual(['a']);
    });

    it('advances a run at the time that it asked for while it was being advanced', async () => {
      const { dispatcher, ...world } = await make();
      const { store, nowMs } = world;
      const claims: number[] = [];
      await dispatcher.start(async (runId) => {
        const claimed = await store.claim(runId, 'me', nowMs() + leaseMs);
        if (claimed === undefined) return;
        claims.push(claimed.lease.epoch);
        const wakeAtMs = nowMs() + 300;
        const end = { kind: 'run-finished', runId, status: 'Succeeded', endTime: time } as const;
        const sleep = { kind: 'run-sleeping', runId, wakeAtMs } as const;
        await store.append(claimed.lease, [claims.length === 3 ? end : sleep]);
        if (claims.length < 3) dispatcher.wakeAt(runId, wakeAtMs);
      });
      await leave(store, 'a', {});
      dispatcher.wake('a');
      await until(world, () => claims.length === 3);
      expect(claims).toEqual([2, 3, 4]);
    });

    it('takes over a run whose owner is gone when its lease has ended, and not before', async () => {
      const { dispatcher, ...world } = await make();
      const leaseUntilMs = world.nowMs() + 700;
      await leave(world.store, 'a', { leaseUntilMs });
      const { claimed, claimedAtMs, advance } = claiming(world, 'me');
      await dispatcher.start(advance);
      dispatcher.wake('a');
      await until(world, () => claimed.length > 0);
      const isInTime = claimedAtMs.every((claimMs) => claimMs >= leaseUntilMs);
      expect({ claimed, isInTime }).toEqual({ claimed: ['a'], isInTime: true });
    });

    it('goes on after an advance that failed', async () => {
      const { dispatcher, ...world } = await make();
      const advanced: string[] = [];
      await dispatcher.start(async (runId) => {
        advanced.push(runId);
        if (advanced.length === 1) throw new Error('refused');
      });
      dispatcher.wake('a');
      await until(world, () => advanced.includes('a'));
      dispatcher.wake('b');
      await until(world, () => advanced.includes('b'));
      expect(advanced).toContain('b');
    });

    it('stops when what it advances has come to rest', async () => {
      const { dispatcher, ...world } = await make();
      const gate = Promise.withResolvers<void>();
      const events: string[] = [];
      await dispatcher.start(async (runId) => {
        events.push(`advances ${runId}`);
        await gate.promise;
        events.push('rested');
      });
      dispatcher.wake('a');
      await until(world, () => events.length > 0);
      const stopped = dispatcher.stop(60_000).then(() => events.push('stopped'));
      dispatcher.wake('b');
      await world.pass(100);
      gate.resolve();
      await stopped;
      expect(events).toEqual(['advances a', 'rested', 'stopped']);
    });

    it('stops after a time although something does not come to rest', async () => {
      const { dispatcher, ...world } = await make();
      const gate = Promise.withResolvers<void>();
      let calls = 0;
      await dispatcher.start(() => {
        calls++;
        return gate.promise;
      });
      dispatcher.wake('a');
      await until(world, () => calls > 0);
      let isStopped = false;
      void dispatcher.stop(100).then(() => {
        isStopped = true;
      });
      await until(world, () => isStopped);
      expect(isStopped).toBe(true);
      gate.resolve();
    });

    if (processes === 'one') return;

    it('lets a process that advances nothing wake runs for others', async () => {
      const { dispatcher, ...world } = await make();
      const { claimed, advance } = claiming(world, 'worker');
      await dispatcher.start();
      await (await world.open()).start(advance);
      await leave(world.store, 'a', {});
      dispatcher.wake('a');
      await until(world, () => claimed.length > 0);
      expect(claimed).toEqual(['a']);
    });

    it('lets one of several processes advance a run that all of them wake', async () => {
      const { dispatcher, ...world } = await make();
      const open = new Map<string, number>();
      let most = 0;
      const work = async (runId: string): Promise<void> => {
        open.set(runId, (open.get(runId) ?? 0) + 1);
        most = Math.max(most, open.get(runId) ?? 0);
        await world.pass(20);
        open.set(runId, (open.get(runId) ?? 0) - 1);
      };
      const workers = ['one', 'two', 'three'].map((owner) => claiming(world, owner, work));
      const dispatchers = [dispatcher, await world.open(), await world.open()];
      for (const [index, one] of dispatchers.entries()) await one.start(workers[index]?.advance);
      const runIds = Array.from({ length: 40 }, (_, index) => `run-${String(index).padStart(2, '0')}`);
      for (const runId of runIds) await leave(world.store, runId, {});
      for (const runId of runIds) for (const one of dispatchers) one.wake(runId);
      const claimed = (): readonly string[] => workers.flatMap((worker) => worker.claimed);
      await until(world, () => claimed().length >= runIds.length);
      await world.pass(300);
      expect({ claimed: [...claimed()].sort(), most }).toEqual({ claimed: runIds, most: 1 });
    });

    it('does not lose what is asked of a run while another process advances it', async () => {
      const { dispatcher, ...world } = await make();
      const { store, nowMs } = world;
      const gate = Promise.withResolvers<void>();
      const seen: boolean[] = [];
      const advance = async (runId: string): Promise<void> => {
        const claimed = await store.claim(runId, 'busy', nowMs() + leaseMs);
        if (claimed === undefined) return;
        seen.push(claimed.cancelRequested);
        if (seen.length === 1) await gate.promise;
        const end = { kind: 'run-finished', runId, status: 'Cancelled', endTime: time } as const;
        const sleep = { kind: 'run-sleeping', runId, wakeAtMs: nowMs() + 3_600_000 } as const;
        await store.append(claimed.lease, [claimed.cancelRequested ? end : sleep]);
        if (!claimed.cancelRequested) dispatcher.wakeAt(runId, nowMs() + 3_600_000);
      };
      await dispatcher.start(advance);
      const other = await world.open();
      await other.start();
      await leave(store, 'a', {});
      dispatcher.wake('a');
      await until(world, () => seen.length > 0);
      await store.requestCancel('a');
      other.wake('a');
      await world.pass(200);
      gate.resolve();
      await until(world, () => seen.length > 1);
      expect(seen).toEqual([false, true]);
    });

    it('leaves to the others what it does not take any more', async () => {
      const { dispatcher, ...world } = await make();
      const stopped = claiming(world, 'stopped');
      const staying = claiming(world, 'staying');
      await dispatcher.start(stopped.advance);
      await (await world.open()).start(staying.advance);
      await dispatcher.stop(1_000);
      for (const runId of ['a', 'b', 'c']) await leave(world.store, runId, { wakeAtMs: world.nowMs() + 50 });
      await until(world, () => staying.claimed.length === 3);
      expect({ stopped: stopped.claimed, staying: [...staying.claimed].sort() }).toEqual({
        stopped: [],
        staying: ['a', 'b', 'c'],
      });
    });
  });
}

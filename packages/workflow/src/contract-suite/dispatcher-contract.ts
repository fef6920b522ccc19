import { afterEach, describe, expect, it } from 'vitest';
import type { Dispatcher, RunStore } from '../contract.ts';

/** A dispatcher over a store, and a way to let its time go by. */
export type OpenDispatcher = () => Promise<{
  readonly dispatcher: Dispatcher;
  readonly store: RunStore;
  nowMs(): number;
  /** Lets time go by and what is due be delivered. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}>;

/** What every {@link Dispatcher} owes the engine. */
export function dispatcherContract(name: string, open: OpenDispatcher): void {
  describe(`${name} as a dispatcher`, () => {
    const opened: { close: () => Promise<void> }[] = [];

    async function make(): Promise<Awaited<ReturnType<OpenDispatcher>>> {
      const result = await open();
      opened.push(result);
      return result;
    }

    async function sleeping(store: RunStore, runId: string, nowMs: number, wakeAtMs: number): Promise<void> {
      const time = '2026-01-01T00:00:00.0000000Z';
      const trigger = { name: 'manual', status: 'Succeeded', startTime: time, endTime: time } as const;
      const run = { runId, flowId: 'f', flowRevision: 1, status: 'Running', startTime: time, trigger } as const;
      await store.append({ runId, epoch: 1 }, [
        { kind: 'run-started', run: { ...run, clientTrackingId: 'x' }, owner: 'gone', leaseUntilMs: nowMs + 1 },
        { kind: 'run-sleeping', runId, wakeAtMs },
      ]);
    }

    afterEach(async () => {
      for (const { close } of opened.splice(0)) await close();
    });

    it('advances what is woken', async () => {
      const { dispatcher, pass } = await make();
      const advanced: string[] = [];
      await dispatcher.start(async (runId) => {
        advanced.push(runId);
      });
      dispatcher.wake('a');
      dispatcher.wake('b');
      await pass(100);
      expect(advanced.sort()).toEqual(['a', 'b']);
    });

    it('advances a run by one at a time, and once more for a wake in between', async () => {
      const { dispatcher, pass } = await make();
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
      await pass(50);
      dispatcher.wake('a');
      dispatcher.wake('a');
      await pass(50);
      expect([calls, most]).toEqual([1, 1]);
      gate.resolve();
      await pass(100);
      expect([calls, most]).toEqual([2, 1]);
    });

    it('finds at its start what is due in the store', async () => {
      const { dispatcher, store, nowMs, pass } = await make();
      await sleeping(store, 'late', nowMs(), nowMs() - 10);
      await sleeping(store, 'later', nowMs(), nowMs() + 3_600_000);
      const advanced: string[] = [];
      await dispatcher.start(async (runId) => {
        advanced.push(runId);
        await store.claim(runId, 'me', nowMs() + 100_000);
      });
      await pass(100);
      expect(advanced).toEqual(['late']);
    });

    it('advances a sleeping run at its time', async () => {
      const { dispatcher, store, nowMs, pass } = await make();
      const advanced: string[] = [];
      await dispatcher.start(async (runId) => {
        advanced.push(runId);
        await store.claim(runId, 'me', nowMs() + 100_000);
      });
      await sleeping(store, 'a', nowMs(), nowMs() + 400);
      dispatcher.wakeAt('a', nowMs() + 400);
      await pass(100);
      expect(advanced).toEqual([]);
      await pass(1_000);
      expect(advanced).toEqual(['a']);
    });

    it('goes on after an advance that failed', async () => {
      const { dispatcher, pass } = await make();
      const advanced: string[] = [];
      await dispatcher.start(async (runId) => {
        advanced.push(runId);
        if (advanced.length === 1) throw new Error('refused');
      });
      dispatcher.wake('a');
      await pass(100);
      dispatcher.wake('b');
      await pass(100);
      expect(advanced).toContain('b');
    });

    it('stops when what it advances has come to rest', async () => {
      const { dispatcher, pass } = await make();
      const gate = Promise.withResolvers<void>();
      const events: string[] = [];
      await dispatcher.start(async () => {
        await gate.promise;
        events.push('rested');
      });
      dispatcher.wake('a');
      await pass(50);
      const stopped = dispatcher.stop(60_000).then(() => events.push('stopped'));
      dispatcher.wake('b');
      await pass(50);
      gate.resolve();
      await stopped;
      expect(events).toEqual(['rested', 'stopped']);
    });
  });
}

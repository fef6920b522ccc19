import { afterEach, describe, expect, it } from 'vitest';
import type { Admission, RunEntry, RunGate, RunStore } from '../contract.ts';
import { action, at, first, type OpenRunStore, run, start } from './run-fixtures.ts';

const gate: RunGate = { key: 'flow-1/manual', limit: 2, maximumWaiting: 2 };

type Started = Extract<RunEntry, { readonly kind: 'run-started' }>;

function starting(runId: string, change: Partial<Started> = {}): Started {
  return {
    kind: 'run-started',
    run: run(runId, { gate: gate.key }),
    owner: 'one',
    leaseUntilMs: start + 1_000,
    ...change,
  };
}

function finished(runId: string): RunEntry {
  return { kind: 'run-finished', runId, status: 'Succeeded', endTime: at(9) };
}

/** Ids sort newest first, as the engine's do. */
const ids = ['9', '8', '7', '6', '5'] as const;

/** What every {@link RunStore} owes triggers that let only so many runs be at a time. */
export function runGatesContract(name: string, open: OpenRunStore): void {
  describe(`${name} as a store of runs that wait for their turn`, () => {
    const opened: { close: () => Promise<void> }[] = [];
    const clock = { now: start, nowMs: () => clock.now };

    async function make(): Promise<RunStore> {
      clock.now = start;
      const result = await open(clock);
      opened.push(result);
      return result.store;
    }

    /** Admits runs one after another. */
    async function admitAll(store: RunStore, runIds: readonly string[] = ids): Promise<readonly Admission[]> {
      const admissions: Admission[] = [];
      for (const runId of runIds) admissions.push(await store.admit(starting(runId), gate));
      return admissions;
    }

    const statuses = async (store: RunStore): Promise<readonly string[]> =>
      (await store.listRuns({ flowId: 'flow-1', limit: 99 }))
        .map(({ runId, status }) => `${runId} ${status}`)
        .reverse();

    afterEach(async () => {
      for (const { close } of opened.splice(0)) await close();
    });

    it('keeps the records with which runs begin, whether they wait or not, and none of those turned away', async () => {
      const store = await make();
      for (const runId of ids) await store.admit(starting(runId, { records: [action(runId, 'Kept', 1)] }), gate);
      const kept = await Promise.all(ids.map((runId) => store.listActions(runId)));
      expect(kept.map((records) => records.length)).toEqual([1, 1, 1, 1, 0]);
    });

    it('lets in as many as may be, lets as many wait, and turns the others away', async () => {
      const store = await make();
      expect(await admitAll(store)).toEqual(['running', 'running', 'waiting', 'waiting', 'full']);
      expect(await statuses(store)).toEqual(['9 Running', '8 Running', '7 Waiting', '6 Waiting']);
      expect(await store.findRun('9')).toEqual(run('9', { gate: gate.key }));
      expect(await store.findRun('7')).toEqual(run('7', { gate: gate.key, status: 'Waiting' }));
    });

    it('gives a run that was let in to its owner', async () => {
      const store = await make();
      await admitAll(store, ['9']);
      expect(await store.claim('9', 'two', start + 9_000)).toBeUndefined();
      await store.append(first('9'), [{ kind: 'run-sleeping', runId: '9', wakeAtMs: start + 5 }]);
      expect((await store.claim('9', 'two', start + 9_000))?.lease.epoch).toBe(2);
    });

    it('keeps a run that waits from everybody', async () => {
      const store = await make();
      await admitAll(store, ['9', '8', '7']);
      clock.now = start + 500;
      expect(await store.due(clock.now, 9)).toEqual([]);
      expect(await store.claim('7', 'one', start + 9_000)).toBeUndefined();
    });

    it('lets the oldest in when one of the others has ended, and not before', async () => {
      const store = await make();
      await admitAll(store, ['9', '8', '7', '6']);
      await store.append(first('9'), [{ kind: 'run-sleeping', runId: '9', wakeAtMs: start + 90_000 }]);
      expect(await store.due(start, 9)).toEqual([]);
      await store.append(first('8'), [finished('8')]);
      expect(await store.due(start, 9)).toEqual(['7']);
      expect(await store.claim('6', 'one', start + 9_000)).toBeUndefined();
      expect(await store.claim('7', 'two', start + 9_000)).toMatchObject({
        run: { runId: '7', status: 'Running' },
        lease: { runId: '7', epoch: 2 },
        actions: [],
      });
      expect(await store.admit(starting('5'), gate)).toBe('waiting');
      await store.append({ runId: '7', epoch: 2 }, [finished('7')]);
      expect(await store.due(start, 9)).toEqual(['6']);
    });

    it('lets in what waits when the limit has been raised', async () => {
      const store = await make();
      await admitAll(store, ['9', '8', '7', '6']);
      expect(await store.admit(starting('5'), { ...gate, limit: 4 })).toBe('waiting');
      expect(await store.due(start, 9)).toEqual(['7', '6']);
    });

    it('stops a run that waits without letting another in', async () => {
      const store = await make();
      await admitAll(store, ['9', '8', '7', '6']);
      expect(await store.requestCancel('7')).toBe(true);
      expect(await store.due(start, 9)).toEqual(['7']);
      const claimed = await store.claim('7', 'one', start + 9_000);
      expect(claimed?.cancelRequested).toBe(true);
      await store.append({ runId: '7', epoch: 2 }, [
        { kind: 'run-finished', runId: '7', status: 'Cancelled', endTime: at(9) },
      ]);
      expect(await store.due(start, 9)).toEqual([]);
      expect(await store.admit(starting('5'), gate)).toBe('waiting');
      await store.append(first('9'), [finished('9')]);
      expect(await store.due(start, 9)).toEqual(['6']);
    });

    it('starts one run per unique key', async () => {
      const store = await make();
      expect(await store.admit(starting('9', { uniqueKey: 'slot' }), gate)).toBe('running');
      const second = store.admit(starting('8', { uniqueKey: 'slot' }), { ...gate, limit: 1, maximumWaiting: 0 });
      await expect(second).rejects.toMatchObject({ code: 'DuplicateRun' });
      expect(await store.findRun('8')).toBeUndefined();
    });

    it('counts each gate by itself', async () => {
      const store = await make();
      await admitAll(store);
      const other = { ...gate, key: 'flow-1/other' };
      const entry = starting('4', { run: run('4', { gate: other.key }) });
      expect(await store.admit(entry, other)).toBe('running');
    });

    it('never has more inside than may be, whatever happens at once', async () => {
      const store = await make();
      const wide = { ...gate, limit: 3, maximumWaiting: 1_000 };
      const all = Array.from({ length: 40 }, (_, index) => String(99 - index));
      const live = new Map<string, number>();
      const admissions = await Promise.all(all.map((runId) => store.admit(starting(runId), wide)));
      for (const [index, runId] of all.entries()) if (admissions[index] === 'running') live.set(runId, 1);
      const counts: number[] = [];
      let ended = 0;
      while (live.size > 0) {
        counts.push(live.size);
        const ending = [...live];
        live.clear();
        await Promise.all(ending.map(([runId, epoch]) => store.append({ runId, epoch }, [finished(runId)])));
        ended += ending.length;
        for (const runId of await store.due(start, 99)) {
          const claimed = await store.claim(runId, 'one', start + 9_000);
          if (claimed !== undefined) live.set(runId, claimed.lease.epoch);
        }
      }
      expect(ended).toBe(40);
      expect(Math.max(...counts)).toBe(3);
    });
  });
}

import { afterEach, describe, expect, it } from 'vitest';
import type { ActionRecord, RunStore } from '../contract.ts';
import { action, at, first, type OpenRunStore, recorded, run, start, started } from './run-fixtures.ts';
import { runGatesContract } from './run-gates-contract.ts';
import { runHistoryContract } from './run-history-contract.ts';
import { runRecordsContract } from './run-records-contract.ts';
import { runSignalsContract } from './run-signals-contract.ts';

/** What every {@link RunStore} owes the engine. */
export function runStoreContract(name: string, open: OpenRunStore): void {
  runSignalsContract(name, open);
  runRecordsContract(name, open);
  runGatesContract(name, open);
  runHistoryContract(name, open);
  describe(`${name} as a run store`, () => {
    const opened: { close: () => Promise<void> }[] = [];
    const clock = { now: start, nowMs: () => clock.now };

    async function make(): Promise<RunStore> {
      clock.now = start;
      const result = await open(clock);
      opened.push(result);
      return result.store;
    }

    afterEach(async () => {
      for (const { close } of opened.splice(0)) await close();
    });

    it('finds a run as it was started', async () => {
      const store = await make();
      await store.append(first('a'), [started('a')]);
      expect(await store.findRun('a')).toEqual(run('a'));
      const child = run('c', { parent: { runId: 'a', action: 'Call', iteration: '000001', depth: 1 } });
      await store.append(first('c'), [started('c', { run: child })]);
      expect(await store.findRun('c')).toEqual(child);
      expect(await store.findRun('b')).toBeUndefined();
    });

    it('keeps every field of an action record', async () => {
      const store = await make();
      const whole = action('a', 'Call', 1, {
        status: 'Waiting',
        code: 'ServiceUnavailable',
        error: { code: 'ServiceUnavailable', message: 'not now' },
        inputs: '{"uri":"x"}',
        outputs: '{"statusCode":503}',
        trackedProperties: '{"a":1}',
        retryHistory: [
          { startTime: at(1), endTime: at(2), code: 'ServiceUnavailable', error: { code: 'a', message: 'b' } },
        ],
        repetitionCount: 3,
        intent: { idempotencyKey: 'key', attempt: 2, at: at(3) },
        wakeAtMs: start + 7_000,
        waitState: '{"child":"b"}',
      });
      await store.append(first('a'), [started('a'), recorded(whole)]);
      expect(await store.listActions('a')).toEqual([whole]);
      expect(await store.findAction(whole)).toEqual(whole);
      expect(await store.findAction({ ...whole, iteration: '000001' })).toBeUndefined();
    });

    it('starts a run that repeats another with what is kept of its records', async () => {
      const store = await make();
      const again = run('b', { origin: { runId: 'a', actions: ['Call'] } });
      const kept = [
        action('b', 'Before', 1, { outputs: JSON.stringify('x'.repeat(20_000)) }),
        action('b', 'Inner', 2, { iteration: '000000' }),
      ];
      await store.append(first('b'), [started('b', { run: again, records: kept }), recorded(action('b', 'Call', 3))]);
      expect(await store.findRun('b')).toEqual(again);
      clock.now = start + 2_000;
      const claimed = await store.claim('b', 'two', start + 9_000);
      expect(claimed?.actions).toEqual([kept[0], action('b', 'Call', 3)]);
      expect(await store.listActions('b', 'Inner')).toEqual([kept[1]]);
    });

    it('keeps big values whole', async () => {
      const store = await make();
      const big = JSON.stringify('x'.repeat(3_000_000));
      await store.append(first('a'), [
        started('a'),
        recorded(action('a', 'A', 1, { inputs: big, outputs: big })),
        recorded(action('a', 'B', 2, { outputs: big })),
      ]);
      const [one, two] = await store.listActions('a');
      expect([one?.inputs === big, one?.outputs === big, two?.outputs === big]).toEqual([true, true, true]);
    });

    it('replaces the record of the same action and iteration', async () => {
      const store = await make();
      await store.append(first('a'), [started('a'), recorded(action('a', 'A', 1, { status: 'Running' }))]);
      await store.append(first('a'), [recorded(action('a', 'A', 2, { outputs: '1' }))]);
      expect(await store.listActions('a')).toEqual([action('a', 'A', 2, { outputs: '1' })]);
    });

    it('lists iterations of an action in sequence and leaves them out of the run overview', async () => {
      const store = await make();
      const inner = [3, 2].map((sequence, index) =>
        action('a', 'Inner', sequence, { iteration: `00000${index}` }),
      ) as readonly ActionRecord[];
      await store.append(first('a'), [
        started('a'),
        ...inner.map(recorded),
        recorded(action('a', 'Loop', 4)),
        recorded(action('a', 'Before', 1)),
      ]);
      expect((await store.listActions('a')).map((record) => record.action)).toEqual(['Before', 'Loop']);
      expect((await store.listActions('a', 'Inner')).map((record) => record.iteration)).toEqual(['000001', '000000']);
    });

    it('appends all or nothing', async () => {
      const store = await make();
      await store.append(first('a'), [started('a')]);
      const stale = store.append({ runId: 'a', epoch: 7 }, [recorded(action('a', 'A', 1))]);
      await expect(stale).rejects.toMatchObject({ code: 'Fenced' });
      expect(await store.listActions('a')).toEqual([]);
    });

    it('keeps the order of appends that are made in one turn', async () => {
      const store = await make();
      await Promise.all([
        store.append(first('a'), [started('a')]),
        store.append(first('a'), [recorded(action('a', 'A', 1, { outputs: '1' }))]),
        store.append(first('a'), [recorded(action('a', 'A', 2, { outputs: '2' }))]),
        store.append(first('b'), [started('b')]),
      ]);
      expect(await store.listActions('a')).toEqual([action('a', 'A', 2, { outputs: '2' })]);
      expect((await store.findRun('b'))?.runId).toBe('b');
    });

    it('refuses one of several appends of a turn without harm to the others', async () => {
      const store = await make();
      const results = await Promise.allSettled([
        store.append(first('a'), [started('a')]),
        store.append({ runId: 'a', epoch: 9 }, [recorded(action('a', 'A', 1))]),
        store.append(first('b'), [started('b')]),
      ]);
      expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect((await store.findRun('b'))?.status).toBe('Running');
    });

    it('starts one run per unique key', async () => {
      const store = await make();
      await store.append(first('a'), [started('a', { uniqueKey: 'slot' })]);
      const second = store.append(first('b'), [started('b', { uniqueKey: 'slot' })]);
      await expect(second).rejects.toMatchObject({ code: 'DuplicateRun' });
      expect(await store.findRun('b')).toBeUndefined();
      expect((await store.findRunByKey('slot'))?.runId).toBe('a');
      expect(await store.findRunByKey('other')).toBeUndefined();
    });

    it('does not give a run away while its lease is live', async () => {
      const store = await make();
      await store.append(first('a'), [started('a')]);
      expect(await store.claim('a', 'two', start + 5_000)).toBeUndefined();
      expect(await store.due(start, 10)).toEqual([]);
      expect(await store.nextDueMs()).toBe(start + 1_000);
    });

    it('gives a run whose lease has ended to another owner, and fences the first', async () => {
      const store = await make();
      await store.append(first('a'), [started('a'), recorded(action('a', 'A', 1))]);
      clock.now = start + 1_001;
      expect(await store.due(clock.now, 10)).toEqual(['a']);
      const claimed = await store.claim('a', 'two', start + 9_000);
      expect(claimed).toEqual({
        run: run('a'),
        lease: { runId: 'a', epoch: 2 },
        actions: [action('a', 'A', 1)],
        cancelRequested: false,
        signals: [],
      });
      await expect(store.append(first('a'), [recorded(action('a', 'B', 2))])).rejects.toMatchObject({ code: 'Fenced' });
      // Nothing to write is a question: is the run still mine?
      await expect(store.append(first('a'), [])).rejects.toMatchObject({ code: 'Fenced' });
      await store.append({ runId: 'a', epoch: 2 }, []);
      await store.append({ runId: 'a', epoch: 2 }, [recorded(action('a', 'C', 2))]);
      expect((await store.listActions('a')).map((record) => record.action)).toEqual(['A', 'C']);
    });

    it('lets an owner claim its own run again, with a new epoch', async () => {
      const store = await make();
      await store.append(first('a'), [started('a')]);
      expect((await store.claim('a', 'one', start + 5_000))?.lease).toEqual({ runId: 'a', epoch: 2 });
    });

    it('extends the leases of an owner only', async () => {
      const store = await make();
      await store.append(first('a'), [started('a')]);
      await store.append(first('b'), [started('b', { owner: 'other' })]);
      await store.renew('one', start + 60_000);
      clock.now = start + 2_000;
      expect(await store.due(clock.now, 10)).toEqual(['b']);
      expect(await store.claim('a', 'two', start + 90_000)).toBeUndefined();
    });

    it('wakes sleeping runs at their time, oldest first, and frees them from their owner', async () => {
      const store = await make();
      for (const [runId, wakeAtMs] of [
        ['a', start + 300],
        ['b', start + 200],
        ['c', start + 90_000],
      ] as const) {
        await store.append(first(runId), [started(runId), { kind: 'run-sleeping', runId, wakeAtMs }]);
      }
      expect(await store.nextDueMs()).toBe(start + 200);
      clock.now = start + 400;
      expect(await store.due(clock.now, 10)).toEqual(['b', 'a']);
      expect(await store.due(clock.now, 1)).toEqual(['b']);
      expect((await store.claim('a', 'two', start + 5_000))?.lease.epoch).toBe(2);
      expect(await store.due(clock.now, 10)).toEqual(['b']);
    });

    it('lists sleeping runs in the order of their times, page by page', async () => {
      const store = await make();
      for (const [runId, wakeAtMs] of [
        ['c', start + 200],
        ['b', start + 100],
        ['a', start + 200],
        ['d', start + 300],
      ] as const) {
        await store.append(first(runId), [started(runId), { kind: 'run-sleeping', runId, wakeAtMs }]);
      }
      await store.append(first('awake'), [started('awake')]);
      const page = { after: { runId: '', wakeAtMs: start + 100 }, untilMs: start + 250, limit: 2 };
      const after = { runId: 'a', wakeAtMs: start + 200 };
      expect(await store.sleeping(page)).toEqual([{ runId: 'b', wakeAtMs: start + 100 }, after]);
      expect(await store.sleeping({ ...page, after })).toEqual([{ runId: 'c', wakeAtMs: start + 200 }]);
    });

    it('does not give away a run that sleeps, but some moments before its time', async () => {
      const store = await make();
      const wakeAtMs = start + 90_000;
      await store.append(first('a'), [started('a'), { kind: 'run-sleeping', runId: 'a', wakeAtMs }]);
      expect(await store.claim('a', 'two', start + 5_000)).toBeUndefined();
      expect(await store.claim('a', 'one', start + 5_000)).toBeUndefined();
      clock.now = wakeAtMs - 500;
      expect((await store.claim('a', 'two', clock.now + 5_000))?.lease.epoch).toBe(2);
    });

    it('tells the next owner that a run is to stop', async () => {
      const store = await make();
      await store.append(first('a'), [started('a'), { kind: 'run-sleeping', runId: 'a', wakeAtMs: start + 90_000 }]);
      expect(await store.requestCancel('a')).toBe(true);
      expect(await store.requestCancel('unknown')).toBe(false);
      expect((await store.claim('a', 'two', start + 5_000))?.cancelRequested).toBe(true);
    });

    it('tells an owner which of the runs in its hands somebody wants stopped', async () => {
      const store = await make();
      await store.append(first('a'), [started('a')]);
      await store.append(first('b'), [started('b')]);
      await store.append(first('c'), [started('c', { owner: 'other' })]);
      await store.append(first('d'), [started('d'), { kind: 'run-sleeping', runId: 'd', wakeAtMs: start + 90_000 }]);
      for (const runId of ['b', 'c', 'd']) await store.requestCancel(runId);
      expect(await store.cancelRequested('one')).toEqual(['b']);
    });

    it('tells which runs have answered or ended, and until when somebody waits', async () => {
      const store = await make();
      const waiting = run('a', { callerUntilMs: start + 120_000 });
      await store.append(first('a'), [started('a', { run: waiting })]);
      await store.append(first('b'), [started('b'), { kind: 'run-responded', runId: 'b', response: '{}' }]);
      await store.append(first('c'), [
        started('c'),
        { kind: 'run-finished', runId: 'c', status: 'Succeeded', endTime: at(9) },
      ]);
      expect(await store.findRun('a')).toEqual(waiting);
      expect([...(await store.answered(['a', 'b', 'c', 'd']))].sort()).toEqual(['b', 'c']);
      expect(await store.answered([])).toEqual([]);
    });

    it('finishes a run once and for all', async () => {
      const store = await make();
      await store.append(first('a'), [
        started('a'),
        { kind: 'run-responded', runId: 'a', response: '{"statusCode":200}' },
        {
          kind: 'run-finished',
          runId: 'a',
          status: 'Failed',
          code: 'ActionFailed',
          error: { code: 'ActionFailed', message: 'no' },
          endTime: at(9),
          outputs: '{"o":1}',
        },
      ]);
      expect(await store.findRun('a')).toEqual(
        run('a', {
          status: 'Failed',
          code: 'ActionFailed',
          error: { code: 'ActionFailed', message: 'no' },
          endTime: at(9),
          outputs: '{"o":1}',
          response: '{"statusCode":200}',
        }),
      );
      clock.now = start + 90_000;
      expect(await store.due(clock.now, 10)).toEqual([]);
      expect(await store.nextDueMs()).toBeUndefined();
      expect(await store.claim('a', 'two', start + 99_000)).toBeUndefined();
      expect(await store.requestCancel('a')).toBe(false);
    });
  });
}

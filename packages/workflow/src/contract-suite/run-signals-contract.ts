import { afterEach, describe, expect, it } from 'vitest';
import type { ActionRecord, RunEntry, RunSignal, RunStore } from '../contract.ts';
import { action, first, type OpenRunStore, recorded, run, start, started } from './run-fixtures.ts';

const waiting = (runId: string, sequence = 1): ActionRecord => {
  const { code: _code, endTime: _endTime, ...open } = action(runId, 'Wait', sequence);
  return { ...open, status: 'Waiting', wakeAtMs: start + 90_000 };
};

const signal = (runId: string, change: Partial<RunSignal> = {}): RunSignal => ({
  runId,
  action: 'Wait',
  iteration: '',
  signalId: 'one',
  payload: '{"body":1}',
  ...change,
});

const sleeping = (runId: string): RunEntry => ({ kind: 'run-sleeping', runId, wakeAtMs: start + 90_000 });
const consumed = (runId: string, signalId = 'one'): RunEntry => ({ kind: 'signal-consumed', runId, signalId });
const finished = (runId: string): RunEntry => ({
  kind: 'run-finished',
  runId,
  status: 'Succeeded',
  endTime: run(runId).startTime,
});

/** What every run store owes those who send signals to its runs. */
export function runSignalsContract(name: string, open: OpenRunStore): void {
  describe(`${name} as a keeper of signals`, () => {
    const opened: { close: () => Promise<void> }[] = [];
    const clock = { now: start, nowMs: () => clock.now };

    async function make(): Promise<RunStore> {
      clock.now = start;
      const result = await open(clock);
      opened.push(result);
      return result.store;
    }

    /** A store with a run that waits in an action. */
    async function makeWaiting(...more: readonly RunEntry[]): Promise<RunStore> {
      const store = await make();
      await store.append(first('a'), [started('a'), recorded(waiting('a')), ...more]);
      return store;
    }

    afterEach(async () => {
      for (const { close } of opened.splice(0)) await close();
    });

    it('takes a signal once by its id', async () => {
      const store = await makeWaiting();
      const receipts = await Promise.all([
        store.putSignal(signal('a')),
        store.putSignal(signal('a')),
        store.putSignal(signal('a', { signalId: 'two' })),
      ]);
      // Which of two at once is the first is nobody's business.
      expect([[...receipts.slice(0, 2)].sort(), receipts[2]]).toEqual([['repeated', 'taken'], 'taken']);
      expect(await store.putSignal(signal('a', { payload: '{"body":2}' }))).toBe('repeated');
      const pending = await store.pendingSignals('a');
      expect([...pending].sort((left, right) => (left.signalId < right.signalId ? -1 : 1))).toEqual([
        signal('a'),
        signal('a', { signalId: 'two' }),
      ]);
    });

    it('takes none for what does not wait', async () => {
      const store = await makeWaiting(
        recorded(action('a', 'Done', 2)),
        recorded({ ...waiting('a', 3), iteration: '000001' }),
      );
      expect(await store.putSignal(signal('unknown'))).toBe('unexpected');
      expect(await store.putSignal(signal('a', { action: 'Done' }))).toBe('unexpected');
      expect(await store.putSignal(signal('a', { iteration: '000000' }))).toBe('unexpected');
      expect(await store.putSignal(signal('a', { iteration: '000001' }))).toBe('taken');
      await store.append(first('a'), [finished('a')]);
      expect(await store.putSignal(signal('a'))).toBe('unexpected');
      expect(await store.pendingSignals('a')).toEqual([]);
    });

    it('takes one while the action makes the call that brings it', async () => {
      const store = await make();
      const { wakeAtMs: _wakeAtMs, ...calling } = waiting('a');
      await store.append(first('a'), [started('a'), recorded({ ...calling, status: 'Running' })]);
      expect(await store.putSignal(signal('a'))).toBe('taken');
    });

    it('makes a sleeping run due at once', async () => {
      const store = await makeWaiting(sleeping('a'));
      expect(await store.due(start, 10)).toEqual([]);
      await store.putSignal(signal('a'));
      expect(await store.due(start, 10)).toEqual(['a']);
      const claimed = await store.claim('a', 'two', start + 5_000);
      expect(claimed?.signals).toEqual([signal('a')]);
    });

    it('does not let a run sleep while a signal waits', async () => {
      const store = await makeWaiting();
      await store.putSignal(signal('a'));
      await store.append(first('a'), [sleeping('a')]);
      expect(await store.due(start, 10)).toEqual(['a']);
    });

    it('gives a consumed signal to nobody again, and knows its id', async () => {
      const store = await makeWaiting();
      await store.putSignal(signal('a'));
      await store.append(first('a'), [consumed('a'), recorded(action('a', 'Wait', 2)), sleeping('a')]);
      expect(await store.pendingSignals('a')).toEqual([]);
      expect(await store.due(start, 10)).toEqual([]);
      expect(await store.putSignal(signal('a'))).toBe('repeated');
      clock.now = start + 90_000;
      expect((await store.claim('a', 'two', start + 99_000))?.signals).toEqual([]);
    });

    it('consumes nothing by an append that is refused', async () => {
      const store = await makeWaiting();
      await store.putSignal(signal('a'));
      await expect(store.append({ runId: 'a', epoch: 7 }, [consumed('a')])).rejects.toMatchObject({ code: 'Fenced' });
      expect(await store.pendingSignals('a')).toEqual([signal('a')]);
    });

    it('keeps big payloads whole', async () => {
      const store = await makeWaiting();
      const payload = JSON.stringify('x'.repeat(1_000_000));
      await store.putSignal(signal('a', { payload }));
      expect((await store.pendingSignals('a'))[0]?.payload === payload).toBe(true);
    });

    it('sends a signal with the records of the run that sends it', async () => {
      const store = await makeWaiting(sleeping('a'));
      const sent: RunEntry = { kind: 'signal-sent', runId: 'b', signal: signal('a') };
      await store.append(first('b'), [started('b'), sent, finished('b')]);
      expect(await store.pendingSignals('a')).toEqual([signal('a')]);
      expect(await store.due(start, 10)).toEqual(['a']);
      expect(await store.putSignal(signal('a'))).toBe('repeated');
    });

    it('sends nothing with an append that is refused, and takes no harm from one that nobody waits for', async () => {
      const store = await makeWaiting();
      const stale = store.append({ runId: 'a', epoch: 7 }, [{ kind: 'signal-sent', runId: 'a', signal: signal('a') }]);
      await expect(stale).rejects.toMatchObject({ code: 'Fenced' });
      expect(await store.pendingSignals('a')).toEqual([]);
      const lost: RunEntry = { kind: 'signal-sent', runId: 'b', signal: signal('gone') };
      await store.append(first('b'), [started('b'), lost]);
      expect((await store.findRun('b'))?.status).toBe('Running');
    });
  });
}

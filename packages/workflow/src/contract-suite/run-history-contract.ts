import { afterEach, describe, expect, it } from 'vitest';
import type { RunEntry, RunQuery, RunStore, Status } from '../contract.ts';
import { at, first, type OpenRunStore, run, start, started } from './run-fixtures.ts';

/** How a {@link RunStore} lists the runs of a flow. */
export function runHistoryContract(name: string, open: OpenRunStore): void {
  describe(`${name} as a history of runs`, () => {
    let close: (() => Promise<void>) | undefined;
    afterEach(async () => close?.());

    const make = async (): Promise<RunStore> => {
      const opened = await open({ nowMs: () => start });
      close = opened.close;
      return opened.store;
    };

    it('lists runs newest first, filtered, page by page', async () => {
      const store = await make();
      for (const [index, runId] of ['0858c', '0858b', '0858a'].entries()) {
        const change = run(runId, { startTime: at(index * 1_000), ...(index === 1 ? { flowId: 'flow-2' } : {}) });
        await store.append(first(runId), [started(runId, { run: change })]);
      }
      const list = async (query: Partial<Parameters<RunStore['listRuns']>[0]>): Promise<readonly string[]> =>
        (await store.listRuns({ flowId: 'flow-1', limit: 10, ...query })).map((found) => found.runId);
      expect(await list({})).toEqual(['0858a', '0858c']);
      expect(await list({ limit: 1 })).toEqual(['0858a']);
      expect(await list({ after: { runId: '0858a', startTime: at(2_000) } })).toEqual(['0858c']);
      expect(await list({ status: ['Failed'] })).toEqual([]);
      expect(await list({ status: [] })).toEqual([]);
      expect(await list({ startedFrom: at(1_000) })).toEqual(['0858a']);
      expect(await list({ startedBefore: at(1_000) })).toEqual(['0858c']);
    });

    it('lists runs of several statuses in one order, and goes on after a run that is gone', async () => {
      const store = await make();
      const end = (runId: string, status: Status): RunEntry => ({
        kind: 'run-finished',
        runId,
        status,
        endTime: at(9_000),
      });
      const begin = async (runId: string, offsetMs: number, status?: Status): Promise<void> => {
        const entries = [started(runId, { run: run(runId, { startTime: at(offsetMs) }) })];
        await store.append(first(runId), status === undefined ? entries : [...entries, end(runId, status)]);
      };
      await begin('f', 0, 'Failed');
      await begin('e', 1_000, 'Succeeded');
      await begin('d', 2_000, 'Failed');
      await begin('b', 3_000, 'Cancelled');
      // Begun at one time: by run id. An id that was drawn long before its run began says nothing.
      await begin('c', 3_000, 'Failed');
      await begin('g', 4_000);
      const list = async (query: Partial<RunQuery>): Promise<readonly string[]> => {
        const asked = { flowId: 'flow-1', limit: 3, ...query };
        const runs = await store.listRuns(asked);
        const summaries = await store.listRunSummaries(asked);
        expect(summaries.map(({ runId }) => runId)).toEqual(runs.map(({ runId }) => runId));
        return runs.map((found) => found.runId);
      };
      expect(await list({})).toEqual(['g', 'b', 'c']);
      expect(await list({ after: { runId: 'b', startTime: at(3_000) } })).toEqual(['c', 'd', 'e']);
      expect(await list({ after: { runId: 'bb', startTime: at(3_000) } })).toEqual(['c', 'd', 'e']);
      expect(await list({ status: ['Failed', 'Succeeded'] })).toEqual(['c', 'd', 'e']);
      expect(await list({ status: ['Failed'], startedFrom: at(2_000), startedBefore: at(3_000) })).toEqual(['d']);
      expect(
        await list({ status: ['Failed'], startedFrom: at(1_000), after: { runId: 'c', startTime: at(3_000) } }),
      ).toEqual(['d']);
    });

    it('summarizes runs without their payloads', async () => {
      const store = await make();
      const trigger = {
        ...run('a').trigger,
        code: 'OK',
        inputs: '"é"',
        outputs: JSON.stringify('x'.repeat(5_000)),
        scheduledTime: at(-5),
      };
      const outputs = JSON.stringify({ total: { type: 'Integer', value: 1 } });
      const error = { code: 'Terminated', message: 'Because.' };
      await store.append(first('a'), [
        started('a', { run: run('a', { trigger }) }),
        { kind: 'run-finished', runId: 'a', status: 'Failed', code: 'Terminated', error, endTime: at(9), outputs },
      ]);
      expect(await store.listRunSummaries({ flowId: 'flow-1', limit: 10 })).toEqual([
        {
          runId: 'a',
          flowId: 'flow-1',
          flowRevision: 1,
          status: 'Failed',
          code: 'Terminated',
          error,
          startTime: at(0),
          endTime: at(9),
          clientTrackingId: 'tracking',
          trigger: {
            name: 'manual',
            status: 'Succeeded',
            code: 'OK',
            startTime: at(0),
            endTime: at(0),
            scheduledTime: at(-5),
            inputsBytes: 4,
            outputsBytes: 5_002,
          },
        },
      ]);
    });
  });
}

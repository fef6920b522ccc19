import { afterEach, describe, expect, it } from 'vitest';
import type { ScheduleRecord, ScheduleStore } from '../contract.ts';

/** What every {@link ScheduleStore} owes the engine. */
export function scheduleStoreContract(
  name: string,
  open: () => Promise<{ readonly store: ScheduleStore; readonly close: () => Promise<void> }>,
): void {
  describe(`${name} as a schedule store`, () => {
    const opened: { close: () => Promise<void> }[] = [];
    const record: ScheduleRecord = {
      flowId: 'flow-1',
      trigger: 'Every_day',
      flowRevision: 1,
      nextFireMs: 1_000,
      anchorMs: 500,
      digest: 'digest',
    };

    async function make(): Promise<ScheduleStore> {
      const result = await open();
      opened.push(result);
      return result.store;
    }

    async function listed(store: ScheduleStore): Promise<readonly ScheduleRecord[]> {
      return [...(await store.list('flow-1'))].sort((left, right) => left.trigger.localeCompare(right.trigger));
    }

    afterEach(async () => {
      for (const { close } of opened.splice(0)) await close();
    });

    it('lists what was put for a flow and replaces by flow and trigger', async () => {
      const store = await make();
      await store.put({ ...record, lastFireMs: 600, isStopped: true });
      await store.put({ ...record, trigger: 'Other' });
      await store.put({ ...record, flowId: 'flow-2' });
      expect(await listed(store)).toEqual([
        { ...record, lastFireMs: 600, isStopped: true },
        { ...record, trigger: 'Other' },
      ]);
      await store.put({ ...record, flowRevision: 2, nextFireMs: 5_000, anchorMs: 700, digest: 'another' });
      expect(await listed(store)).toEqual([
        { ...record, flowRevision: 2, nextFireMs: 5_000, anchorMs: 700, digest: 'another' },
        { ...record, trigger: 'Other' },
      ]);
    });

    it('tells what is due, soonest first, and when something will be', async () => {
      const store = await make();
      expect(await store.nextDueMs()).toBeUndefined();
      await store.put({ ...record, trigger: 'Stopped', nextFireMs: 1, isStopped: true });
      await store.put({ ...record, trigger: 'Late', nextFireMs: 3_000 });
      await store.put({ ...record, trigger: 'Later', nextFireMs: 4_000 });
      await store.put(record);
      expect(await store.nextDueMs()).toBe(1_000);
      const due = async (nowMs: number, limit: number) => (await store.due(nowMs, limit)).map(({ trigger }) => trigger);
      expect(await due(999, 10)).toEqual([]);
      expect(await due(3_000, 10)).toEqual(['Every_day', 'Late']);
      expect(await due(9_000, 1)).toEqual(['Every_day']);
      expect(await store.due(1_000, 10)).toEqual([record]);
    });

    it('moves a slot on for one of several', async () => {
      const store = await make();
      await store.put(record);
      const won = await Promise.all([
        store.advance('flow-1', 'Every_day', 1_000, 2_000),
        store.advance('flow-1', 'Every_day', 1_000, 2_000),
      ]);
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await listed(store)).toEqual([{ ...record, nextFireMs: 2_000, lastFireMs: 1_000 }]);
    });

    it('does not move what has moved already or is not there', async () => {
      const store = await make();
      await store.put(record);
      expect(await store.advance('flow-1', 'Every_day', 999, 2_000)).toBe(false);
      expect(await store.advance('flow-2', 'Every_day', 1_000, 2_000)).toBe(false);
      expect(await listed(store)).toEqual([record]);
    });

    it('removes one trigger of a flow, or all', async () => {
      const store = await make();
      await store.put(record);
      await store.put({ ...record, trigger: 'Other' });
      await store.put({ ...record, trigger: 'Third' });
      await store.put({ ...record, flowId: 'flow-2' });
      await store.remove('flow-1', 'Other');
      expect((await listed(store)).map(({ trigger }) => trigger)).toEqual(['Every_day', 'Third']);
      await store.remove('flow-1');
      expect(await listed(store)).toEqual([]);
      expect(await store.list('flow-2')).toEqual([{ ...record, flowId: 'flow-2' }]);
    });
  });
}

import { afterEach, describe, expect, it } from 'vitest';
import type { ScheduleRecord, ScheduleStore } from '../contract.ts';

/** What every {@link ScheduleStore} owes the engine. */
export function scheduleStoreContract(
  name: string,
  open: () => Promise<{ readonly store: ScheduleStore; readonly close: () => Promise<void> }>,
): void {
  describe(`${name} as a schedule store`, () => {
    const opened: { close: () => Promise<void> }[] = [];
    const record: ScheduleRecord = { flowId: 'flow-1', trigger: 'Every_day', flowRevision: 1, nextFireMs: 1_000 };

    async function make(): Promise<ScheduleStore> {
      const result = await open();
      opened.push(result);
      return result.store;
    }

    afterEach(async () => {
      for (const { close } of opened.splice(0)) await close();
    });

    it('lists what was put and replaces by flow and trigger', async () => {
      const store = await make();
      await store.put(record);
      await store.put({ ...record, trigger: 'Other' });
      await store.put({ ...record, flowRevision: 2, nextFireMs: 5_000 });
      const found = [...(await store.list())].sort((left, right) => left.trigger.localeCompare(right.trigger));
      expect(found).toEqual([
        { ...record, flowRevision: 2, nextFireMs: 5_000 },
        { ...record, trigger: 'Other' },
      ]);
    });

    it('moves a slot on for one of several', async () => {
      const store = await make();
      await store.put(record);
      const won = await Promise.all([
        store.advance('flow-1', 'Every_day', 1_000, 2_000),
        store.advance('flow-1', 'Every_day', 1_000, 2_000),
      ]);
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await store.list()).toEqual([{ ...record, nextFireMs: 2_000, lastFireMs: 1_000 }]);
    });

    it('does not move what has moved already or is not there', async () => {
      const store = await make();
      await store.put(record);
      expect(await store.advance('flow-1', 'Every_day', 999, 2_000)).toBe(false);
      expect(await store.advance('flow-2', 'Every_day', 1_000, 2_000)).toBe(false);
      expect(await store.list()).toEqual([record]);
    });

    it('removes all triggers of a flow', async () => {
      const store = await make();
      await store.put(record);
      await store.put({ ...record, trigger: 'Other' });
      await store.put({ ...record, flowId: 'flow-2' });
      await store.remove('flow-1');
      expect(await store.list()).toEqual([{ ...record, flowId: 'flow-2' }]);
    });
  });
}

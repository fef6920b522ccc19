import type { ScheduleRecord, ScheduleStore } from '../contract.ts';

/** A schedule store in memory, for the command line and for tests. */
export function createMemoryScheduleStore(): ScheduleStore {
  const records = new Map<string, ScheduleRecord>();
  const keyOf = (flowId: string, trigger: string): string => `${flowId}/${trigger}`;
  return {
    async list() {
      return [...records.values()];
    },
    async put(record) {
      records.set(keyOf(record.flowId, record.trigger), record);
    },
    async advance(flowId, trigger, expectedFireMs, nextFireMs) {
      const record = records.get(keyOf(flowId, trigger));
      if (record === undefined || record.nextFireMs !== expectedFireMs) return false;
      records.set(keyOf(flowId, trigger), { ...record, nextFireMs, lastFireMs: expectedFireMs });
      return true;
    },
    async remove(flowId) {
      for (const [key, record] of records) if (record.flowId === flowId) records.delete(key);
    },
  };
}

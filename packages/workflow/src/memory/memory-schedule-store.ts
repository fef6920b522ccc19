import type { ScheduleRecord, ScheduleStore } from '../contract.ts';

/** A schedule store in memory, for the command line and for tests. */
export function createMemoryScheduleStore(): ScheduleStore {
  const records = new Map<string, ScheduleRecord>();
  const keyOf = (flowId: string, trigger: string): string => `${flowId}/${trigger}`;
  const active = (): readonly ScheduleRecord[] =>
    [...records.values()]
      .filter(({ isStopped }) => isStopped !== true)
      .sort((left, right) => left.nextFireMs - right.nextFireMs);
  return {
    async list(flowId) {
      return [...records.values()].filter((record) => record.flowId === flowId);
    },
    async put(record) {
      records.set(keyOf(record.flowId, record.trigger), record);
    },
    async due(nowMs, limit) {
      return active()
        .filter(({ nextFireMs }) => nextFireMs <= nowMs)
        .slice(0, limit);
    },
    async nextDueMs() {
      return active()[0]?.nextFireMs;
    },
    async advance(flowId, trigger, expectedFireMs, nextFireMs) {
      const record = records.get(keyOf(flowId, trigger));
      if (record === undefined || record.nextFireMs !== expectedFireMs) return false;
      records.set(keyOf(flowId, trigger), { ...record, nextFireMs, lastFireMs: expectedFireMs });
      return true;
    },
    async remove(flowId, trigger) {
      for (const [key, record] of records) {
        if (record.flowId === flowId && (trigger === undefined || record.trigger === trigger)) records.delete(key);
      }
    },
  };
}

import type { TriggerNote, WatchRecord, WatchStore } from '../contract.ts';

type Kept = { readonly record: WatchRecord; readonly leaseUntilMs: number; readonly hastenedMs: number | undefined };

const maximumNotes = 100;

/** A watch store in memory, for tests. */
export function createMemoryWatchStore(): WatchStore {
  const kept = new Map<string, Kept>();
  const notes: TriggerNote[] = [];
  const isCounted = ({ status }: WatchRecord): boolean => status !== 'Ending' && status !== 'EndFailed';
  const dueOf = ({ record, leaseUntilMs, hastenedMs }: Kept): number | undefined => {
    const times = [record.dueMs, hastenedMs].filter((time) => time !== undefined);
    return times.length === 0 ? undefined : Math.max(Math.min(...times), leaseUntilMs);
  };
  const all = (): readonly WatchRecord[] =>
    [...kept.values()].map(({ record }) => record).sort((left, right) => left.createdAtMs - right.createdAtMs);
  return {
    async insert(record) {
      const { flowId, trigger, kind } = record;
      const isTaken = all().some(
        (one) => isCounted(one) && one.flowId === flowId && one.trigger === trigger && one.kind === kind,
      );
      if (kept.has(record.watchId) || (isTaken && isCounted(record))) return false;
      kept.set(record.watchId, { record, leaseUntilMs: 0, hastenedMs: undefined });
      return true;
    },
    find: async (watchId) => kept.get(watchId)?.record,
    findByAddress: async (addressId) => all().find((record) => record.addressId === addressId),
    list: async (flowId) => all().filter((record) => record.flowId === flowId),
    flowIds: async () => [...new Set(all().map(({ flowId }) => flowId))].sort(),
    async due(nowMs, limit) {
      return [...kept]
        .flatMap(([watchId, one]) => {
          const dueMs = dueOf(one);
          return dueMs === undefined || dueMs > nowMs ? [] : [{ watchId, dueMs }];
        })
        .sort((left, right) => left.dueMs - right.dueMs)
        .slice(0, limit)
        .map(({ watchId }) => watchId);
    },
    async nextDueMs() {
      const times = [...kept.values()].map(dueOf).filter((time) => time !== undefined);
      return times.length === 0 ? undefined : Math.min(...times);
    },
    async claim(watchId, nowMs, leaseUntilMs) {
      const one = kept.get(watchId);
      const dueMs = one === undefined ? undefined : dueOf(one);
      if (one === undefined || dueMs === undefined || dueMs > nowMs) return undefined;
      const record = { ...one.record, version: one.record.version + 1 };
      kept.set(watchId, { record, leaseUntilMs, hastenedMs: undefined });
      return record;
    },
    async change(record, { keepsLease = false } = {}) {
      const one = kept.get(record.watchId);
      if (one === undefined || one.record.version !== record.version) return undefined;
      const next = { ...record, version: record.version + 1 };
      kept.set(record.watchId, { ...one, record: next, leaseUntilMs: keepsLease ? one.leaseUntilMs : 0 });
      return next;
    },
    async hasten(watchId, nowMs) {
      const one = kept.get(watchId);
      if (one !== undefined) kept.set(watchId, { ...one, hastenedMs: nowMs });
      return one !== undefined;
    },
    async remove(watchId) {
      kept.delete(watchId);
    },
    async note(note) {
      notes.unshift(note);
      const own = notes.filter(({ flowId, trigger }) => flowId === note.flowId && trigger === note.trigger);
      for (const old of own.slice(maximumNotes)) notes.splice(notes.indexOf(old), 1);
    },
    notes: async (flowId, trigger, limit) =>
      notes.filter((note) => note.flowId === flowId && note.trigger === trigger).slice(0, limit),
  };
}

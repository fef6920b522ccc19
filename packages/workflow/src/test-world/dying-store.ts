import type { Lease, RunEntry, RunStore } from '../contract.ts';

/** A store whose process dies at one append: that append and all that follow never happen, or happen without anyone hearing of it. */
export function dyingStore(
  store: RunStore,
  lastAppend: number,
  isHeard: boolean,
): RunStore & { readonly appends: () => number } {
  let appends = 0;
  const silence = new Promise<never>(() => undefined);
  return {
    appends: () => appends,
    append: async (lease: Lease, entries: readonly RunEntry[]) => {
      appends++;
      if (appends < lastAppend) return store.append(lease, entries);
      if (appends === lastAppend && !isHeard) await store.append(lease, entries);
      return silence;
    },
    admit: (started, gate) => store.admit(started, gate),
    claim: (runId, owner, untilMs) => store.claim(runId, owner, untilMs),
    renew: async () => undefined,
    due: (nowMs, limit) => store.due(nowMs, limit),
    nextDueMs: () => store.nextDueMs(),
    sleeping: (range) => store.sleeping(range),
    requestCancel: (runId) => store.requestCancel(runId),
    cancelRequested: (owner) => store.cancelRequested(owner),
    answered: (runIds) => store.answered(runIds),
    putSignal: (signal) => store.putSignal(signal),
    pendingSignals: (runId) => store.pendingSignals(runId),
    findRun: (runId) => store.findRun(runId),
    findRunByKey: (uniqueKey) => store.findRunByKey(uniqueKey),
    listRuns: (query) => store.listRuns(query),
    listRunSummaries: (query) => store.listRunSummaries(query),
    findAction: (place) => store.findAction(place),
    listActions: (runId, action) => store.listActions(runId, action),
    tallyActions: (runId) => store.tallyActions(runId),
    readActions: (query) => store.readActions(query),
  };
}

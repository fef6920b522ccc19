import { afterEach, describe, expect, it } from 'vitest';
import type { TriggerNote, WatchRecord, WatchStore } from '../contract.ts';

/** What every {@link WatchStore} owes the engine. `open` makes one that knows the flow `flow-1`. */
export function watchStoreContract(
  name: string,
  open: () => Promise<{ readonly store: WatchStore; readonly close: () => Promise<void> }>,
): void {
  describe(`${name} as a watch store`, () => {
    const opened: { close: () => Promise<void> }[] = [];
    const record: WatchRecord = {
      watchId: 'watch-1',
      kind: 'poll',
      flowId: 'flow-1',
      trigger: 'When_it_happens',
      flowRevision: 1,
      environmentId: 'E',
      status: 'Starting',
      callHash: 'hash',
      connection: { referenceName: 'things', connectorName: 'shared_things', connectionName: 'c1' },
      target: { kind: 'operation', operationId: 'ListThings' },
      sequence: 0,
      attempts: 0,
      dueMs: 1_000,
      version: 1,
      createdAtMs: 1_000,
    };

    async function make(): Promise<WatchStore> {
      const result = await open();
      opened.push(result);
      return result.store;
    }

    afterEach(async () => {
      for (const { close } of opened.splice(0)) await close();
    });

    it('keeps every member of a record', async () => {
      const store = await make();
      const whole: WatchRecord = {
        ...record,
        addressId: 'address',
        state: '{"seen":["a"]}',
        pending: '{"outputs":1}',
        sequence: 3,
        attempts: 2,
        error: { code: 'ServiceUnavailable', message: 'It is away.' },
        activeSinceMs: 2_000,
        lastContactMs: 3_000,
        lastEventMs: 4_000,
      };
      expect(await store.insert(whole)).toBe(true);
      expect(await store.find('watch-1')).toEqual(whole);
      expect(await store.findByAddress('address')).toEqual(whole);
      expect(await store.findByAddress('another')).toBeUndefined();
      expect(await store.list('flow-1')).toEqual([whole]);
      expect(await store.flowIds()).toEqual(['flow-1']);
    });

    it('keeps one watch of a kind for a trigger, besides those that end', async () => {
      const store = await make();
      expect(await store.insert({ ...record, watchId: 'ending', kind: 'subscription', status: 'Ending' })).toBe(true);
      const inserted = await Promise.all([
        store.insert({ ...record, watchId: 'a', kind: 'subscription' }),
        store.insert({ ...record, watchId: 'b', kind: 'subscription' }),
      ]);
      expect(inserted.filter(Boolean)).toHaveLength(1);
      expect(await store.insert(record)).toBe(true);
      expect(await store.list('flow-1')).toHaveLength(3);
    });

    it('gives a due watch to one of several, for the time of its lease', async () => {
      const store = await make();
      await store.insert(record);
      expect(await store.due(999, 10)).toEqual([]);
      expect(await store.claim('watch-1', 999, 5_000)).toBeUndefined();
      expect(await store.due(1_000, 10)).toEqual(['watch-1']);
      const claims = await Promise.all([store.claim('watch-1', 1_000, 5_000), store.claim('watch-1', 1_000, 5_000)]);
      expect(claims.filter((claimed) => claimed !== undefined)).toEqual([{ ...record, version: 2 }]);
      expect(await store.due(4_999, 10)).toEqual([]);
      expect(await store.nextDueMs()).toBe(5_000);
      expect(await store.due(5_000, 10)).toEqual(['watch-1']);
    });

    it('refuses what a stale holder writes', async () => {
      const store = await make();
      await store.insert(record);
      const stale = await store.claim('watch-1', 1_000, 5_000);
      const fresh = await store.claim('watch-1', 5_000, 9_000);
      if (stale === undefined || fresh === undefined) throw new Error('nothing was claimed');
      expect(await store.change({ ...stale, state: '"stale"' })).toBeUndefined();
      expect(await store.change({ ...fresh, state: '"fresh"' }, { keepsLease: true })).toEqual({
        ...fresh,
        state: '"fresh"',
        version: 4,
      });
      expect(await store.nextDueMs()).toBe(9_000);
    });

    it('ends the lease with a change, and forgets what the record does not say any more', async () => {
      const store = await make();
      await store.insert({ ...record, error: { code: 'Away', message: 'x' }, pending: '1' });
      const claimed = await store.claim('watch-1', 1_000, 5_000);
      if (claimed === undefined) throw new Error('nothing was claimed');
      const { error: _error, pending: _pending, ...left } = claimed;
      await store.change({ ...left, dueMs: 2_000 });
      expect(await store.find('watch-1')).toEqual({ ...record, version: 3, dueMs: 2_000 });
      expect(await store.due(2_000, 10)).toEqual(['watch-1']);
    });

    it('looks again at a watch that was hastened while somebody held it', async () => {
      const store = await make();
      await store.insert(record);
      const claimed = await store.claim('watch-1', 1_000, 5_000);
      if (claimed === undefined) throw new Error('nothing was claimed');
      expect(await store.hasten('watch-1', 1_500)).toBe(true);
      const { dueMs: _due, ...resting } = claimed;
      expect(await store.change(resting)).toBeDefined();
      expect(await store.due(1_500, 10)).toEqual(['watch-1']);
      const again = await store.claim('watch-1', 1_600, 5_000);
      if (again === undefined) throw new Error('nothing was claimed');
      await store.change(again);
      expect(await store.nextDueMs()).toBeUndefined();
      expect(await store.hasten('nothing', 1)).toBe(false);
    });

    it('removes a watch', async () => {
      const store = await make();
      await store.insert(record);
      await store.remove('watch-1');
      expect(await store.find('watch-1')).toBeUndefined();
      expect(await store.change(record)).toBeUndefined();
      expect(await store.claim('watch-1', 1_000, 2_000)).toBeUndefined();
    });

    it('keeps the newest hundred notes of a trigger', async () => {
      const store = await make();
      const note: TriggerNote = {
        flowId: 'flow-1',
        trigger: 'T',
        atMs: 0,
        event: 'subscribe',
        status: 'Failed',
        code: 'Forbidden',
        message: 'No.',
      };
      await store.note({ ...note, trigger: 'Other' });
      for (let atMs = 1; atMs <= 103; atMs++) await store.note({ ...note, atMs });
      const { message: _message, ...plain } = { ...note, atMs: 104, status: 'Succeeded' as const, code: 'OK' };
      await store.note(plain);
      const found = await store.notes('flow-1', 'T', 1_000);
      expect(found).toHaveLength(100);
      expect(found.slice(0, 2)).toEqual([plain, { ...note, atMs: 103 }]);
      expect(await store.notes('flow-1', 'Other', 1)).toHaveLength(1);
    });
  });
}

import { afterEach, describe, expect, it } from 'vitest';
import type { BatchMessage, BatchRelease, BatchStore } from '../contract.ts';

const place = { flowId: 'flow-1', trigger: 'Batch', batchName: 'orders', partition: 'DEFAULT' };
const enough = { messageCount: 3, byteCount: 1_000_000, takesLess: false };
const day = 86_400_000;

function message(key: string, change: Partial<BatchMessage> = {}): BatchMessage {
  return { ...place, key, messageId: `id-${key}`, content: `"${key}"`, addedAtMs: 1_000, ...change };
}

const release = (releaseId: string, change: Partial<BatchRelease> = {}): BatchRelease => ({
  ...place,
  releaseId,
  ...change,
});

/** What every {@link BatchStore} owes the engine. */
export function batchStoreContract(
  name: string,
  open: () => Promise<{ readonly store: BatchStore; readonly close: () => Promise<void> }>,
): void {
  describe(`${name} as a batch store`, () => {
    const opened: { close: () => Promise<void> }[] = [];

    async function make(...keys: readonly string[]): Promise<BatchStore> {
      const result = await open();
      opened.push(result);
      for (const key of keys) await result.store.add(message(key));
      return result.store;
    }

    const keysOf = async (store: BatchStore, releaseId: string): Promise<readonly string[]> =>
      (await store.messages(releaseId)).map(({ key }) => key);

    afterEach(async () => {
      for (const { close } of opened.splice(0)) await close();
    });

    it('keeps a message once by its key, also after its release', async () => {
      const store = await make();
      expect(await store.add(message('a'))).toBe('id-a');
      expect(await store.add(message('a', { messageId: 'other', content: '2' }))).toBe('id-a');
      await store.release(release('r'), { ...enough, takesLess: true });
      expect(await store.messages('r')).toEqual([message('a')]);
      expect(await store.add(message('a'))).toBe('id-a');
      await store.settle('r', 2_000);
      expect(await store.add(message('a'))).toBe('id-a');
      expect(await store.partitions('flow-1')).toEqual([]);
      expect(await store.add(message('a', { flowId: 'flow-2', messageId: 'theirs' }))).toBe('theirs');
    });

    it('lists partitions that hold messages', async () => {
      const store = await make('a', 'b');
      await store.add(message('c', { partition: 'east' }));
      await store.add(message('d', { flowId: 'flow-2' }));
      const partitions = await store.partitions('flow-1');
      expect([...partitions].sort((left, right) => (left.partition < right.partition ? -1 : 1))).toEqual([
        place,
        { ...place, partition: 'east' },
      ]);
    });

    it('sets the oldest messages of a partition aside, as many as its rule says', async () => {
      const store = await make('a', 'b');
      expect(await store.release(release('r1'), enough)).toBe(false);
      await store.add(message('other', { partition: 'east' }));
      await store.add(message('c'));
      await store.add(message('d'));
      expect(await store.release(release('r1'), enough)).toBe(true);
      expect(await store.release(release('r2'), enough)).toBe(false);
      expect(await keysOf(store, 'r1')).toEqual(['a', 'b', 'c']);
      expect(await store.release(release('r2'), { ...enough, takesLess: true })).toBe(true);
      expect(await keysOf(store, 'r2')).toEqual(['d']);
      expect(await store.release(release('r3'), { ...enough, takesLess: true })).toBe(false);
      expect(await store.unsettled()).toEqual([release('r1'), release('r2')]);
    });

    it('counts bytes as well', async () => {
      const store = await make();
      const content = JSON.stringify('ä'.repeat(100));
      for (const key of ['a', 'b', 'c']) await store.add(message(key, { content }));
      expect(await store.release(release('r1'), { messageCount: 100, byteCount: 700, takesLess: false })).toBe(false);
      expect(await store.release(release('r1'), { messageCount: 100, byteCount: 300, takesLess: false })).toBe(true);
      expect(await keysOf(store, 'r1')).toEqual(['a', 'b']);
    });

    it('gives each message to one of several releases', async () => {
      const store = await make(...Array.from({ length: 9 }, (_, index) => `m${index}`));
      const ids = ['r1', 'r2', 'r3', 'r4'];
      const released = await Promise.all(ids.map((id) => store.release(release(id), enough)));
      expect(released.filter(Boolean).length).toBe(3);
      const keys = (await Promise.all(ids.map((id) => keysOf(store, id)))).flat();
      expect([...keys].sort()).toEqual(Array.from({ length: 9 }, (_, index) => `m${index}`));
    });

    it('lets go of what was set aside', async () => {
      const store = await make('a');
      await store.add(message('b', { flowId: 'flow-2' }));
      await store.release(release('r1'), { ...enough, takesLess: true });
      await store.release(release('r2', { flowId: 'flow-2' }), { ...enough, takesLess: true });
      expect(await store.unsettled('flow-2')).toEqual([release('r2', { flowId: 'flow-2' })]);
      await store.settle('r1', 2_000);
      expect(await store.messages('r1')).toEqual([]);
      expect(await store.unsettled()).toEqual([release('r2', { flowId: 'flow-2' })]);
    });

    it('remembers keys for a week', async () => {
      const store = await make('a');
      await store.release(release('r1'), { ...enough, takesLess: true });
      await store.settle('r1', day);
      await store.settle('none', 8 * day);
      expect(await store.add(message('a', { messageId: 'again' }))).toBe('id-a');
      await store.settle('none', 9 * day);
      expect(await store.add(message('a', { messageId: 'again' }))).toBe('again');
    });

    it('forgets a flow', async () => {
      const store = await make('a');
      await store.add(message('b', { flowId: 'flow-2' }));
      await store.release(release('r1'), { ...enough, takesLess: true });
      await store.remove('flow-1');
      expect(await store.unsettled()).toEqual([]);
      expect(await store.add(message('a', { messageId: 'again' }))).toBe('again');
      expect((await store.partitions('flow-2')).length).toBe(1);
    });
  });
}

import { afterEach, describe, expect, it } from 'vitest';
import type { ActionRecord, RecordTally, RunEntry, RunStore } from '../contract.ts';
import { action, first, type OpenRunStore, recorded, start, started } from './run-fixtures.ts';

const key = (index: number): string => String(index).padStart(6, '0');

/** What every run store owes a run with very many records. */
export function runRecordsContract(name: string, open: OpenRunStore): void {
  describe(`${name} as a keeper of many records`, () => {
    const opened: { close: () => Promise<void> }[] = [];
    const clock = { now: start, nowMs: () => clock.now };

    async function make(...entries: readonly RunEntry[]): Promise<RunStore> {
      clock.now = start;
      const result = await open(clock);
      opened.push(result);
      await result.store.append(first('a'), [started('a'), ...entries]);
      return result.store;
    }

    afterEach(async () => {
      for (const one of opened.splice(0)) await one.close();
    });

    it('claims the records outside loops, in sequence', async () => {
      const loop = action('a', 'Loop', 2, { status: 'Running' });
      const before = action('a', 'Zero', 1);
      const store = await make(
        recorded(action('a', 'Inner', 3, { iteration: '000000' })),
        recorded(loop),
        recorded(before),
      );
      clock.now = start + 2_000;
      expect((await store.claim('a', 'two', start + 9_000))?.actions).toEqual([before, loop]);
    });

    it('counts the records inside loops, by action, hundred and status', async () => {
      const store = await make(
        recorded(action('a', 'Loop', 1)),
        ...Array.from({ length: 150 }, (_, index) =>
          recorded(
            action('a', 'Inner', index + 2, { iteration: key(index), ...(index % 3 === 0 && { status: 'Failed' }) }),
          ),
        ),
        recorded(action('a', 'Deep', 200, { iteration: '000001-000000' })),
        recorded(action('a', 'Deep', 199, { iteration: '000001-000001' })),
      );
      await store.append(first('b'), [started('b'), recorded(action('b', 'Inner', 900, { iteration: key(0) }))]);
      expect(sorted(await store.tallyActions('a'))).toEqual([
        { action: 'Deep', hundred: '000001-0000', status: 'Succeeded', count: 2, lastSequence: 200 },
        { action: 'Inner', hundred: '0000', status: 'Failed', count: 34, lastSequence: 101 },
        { action: 'Inner', hundred: '0000', status: 'Succeeded', count: 66, lastSequence: 100 },
        { action: 'Inner', hundred: '0001', status: 'Failed', count: 16, lastSequence: 149 },
        { action: 'Inner', hundred: '0001', status: 'Succeeded', count: 34, lastSequence: 151 },
      ]);
    });

    it('counts thousands of records of actions whose names sort in any way', async () => {
      const names = ['b', 'B', 'Ångström', '😀', '_'];
      const store = await make(
        ...names.flatMap((one) =>
          Array.from({ length: 999 }, (_, index) => recorded(action('a', one, index + 1, { iteration: key(index) }))),
        ),
      );
      const counts = new Map<string, number>();
      for (const { action: one, count } of await store.tallyActions('a'))
        counts.set(one, (counts.get(one) ?? 0) + count);
      expect(counts).toEqual(new Map(names.map((one) => [one, 999])));
    });

    it('counts nothing where no loop has run', async () => {
      const store = await make(recorded(action('a', 'A', 1)));
      expect(await store.tallyActions('a')).toEqual([]);
      expect(await store.tallyActions('unknown')).toEqual([]);
    });

    it('reads the records of some actions in some iterations, with big contents', async () => {
      const inner = (name: string, iteration: string, sequence: number): ActionRecord =>
        action('a', name, sequence, { iteration, outputs: JSON.stringify({ body: 'x'.repeat(20_000) }) });
      const wanted = [inner('A', key(0), 1), inner('A', key(2), 2), inner('B', key(2), 3)];
      const others = [inner('A', key(1), 4), inner('C', key(0), 5), inner('A', `${key(0)}-${key(0)}`, 6)];
      const store = await make(...[...wanted, ...others].map(recorded));
      const found = await store.readActions({ runId: 'a', actions: ['A', 'B'], iterations: [key(0), key(2), key(9)] });
      expect(found.toSorted((left, right) => left.sequence - right.sequence)).toEqual(wanted);
      expect(await store.readActions({ runId: 'a', actions: [], iterations: [key(0)] })).toEqual([]);
      expect(await store.readActions({ runId: 'a', actions: ['A'], iterations: [] })).toEqual([]);
    });
  });
}

function sorted(tallies: readonly RecordTally[]): readonly RecordTally[] {
  const keyOf = ({ action: name, hundred, status }: RecordTally): string => `${name} ${hundred} ${status}`;
  return tallies.toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
}

import { describe, expect, it } from 'vitest';
import type { Clock } from '../contract.ts';

/** What every {@link Clock} owes the engine; `pass` lets time go by. */
export function clockContract(
  name: string,
  open: () => { readonly clock: Clock; readonly pass: (ms: number) => Promise<void> },
): void {
  describe(`${name} as a clock`, () => {
    it('goes forward', async () => {
      const { clock, pass } = open();
      const before = clock.nowMs();
      await pass(5);
      expect(clock.nowMs()).toBeGreaterThan(before);
    });

    it('calls back once, not before the time', async () => {
      const { clock, pass } = open();
      const dueMs = clock.nowMs() + 20;
      const calls: boolean[] = [];
      clock.at(dueMs, () => calls.push(clock.nowMs() >= dueMs - 1));
      expect(calls).toEqual([]);
      await pass(60);
      await pass(30);
      expect(calls).toEqual([true]);
    });

    it('calls back for a time in the past, but not within the call', async () => {
      const { clock, pass } = open();
      let calls = 0;
      clock.at(clock.nowMs() - 1_000, () => calls++);
      expect(calls).toBe(0);
      await pass(5);
      expect(calls).toBe(1);
    });

    it('does not call back what was cancelled', async () => {
      const { clock, pass } = open();
      let calls = 0;
      const cancel = clock.at(clock.nowMs() + 10, () => calls++);
      cancel();
      cancel();
      await pass(30);
      expect(calls).toBe(0);
    });
  });
}

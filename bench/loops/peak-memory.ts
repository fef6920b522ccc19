import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

const megabyte = 1024 * 1024;

export type MemoryGrowth = {
  /** Resident set at its peak beyond that at the beginning, in MB: live data, garbage that was not collected yet and buffers. */
  readonly peakMb: number;
  /** What is held after garbage was collected, beyond the beginning, in MB. */
  readonly heldMb: number;
};

export type MemoryWatch = {
  /** Resident set beyond that at the beginning, in MB. */
  readonly growthMb: () => number;
  readonly end: () => Promise<MemoryGrowth>;
};

/** Begins at rest and answers what this process's memory has grown by since, as the kernel counts it. */
export async function watchMemory(): Promise<MemoryWatch> {
  await comeToRest();
  // proc(5): resets the peak.
  writeFileSync('/proc/self/clear_refs', '5');
  const before = read();
  const heldBefore = process.memoryUsage().heapUsed;
  return {
    growthMb: () => read().nowMb - before.nowMb,
    end: async () => {
      const { peakMb } = read();
      await comeToRest();
      return { peakMb: peakMb - before.nowMb, heldMb: (process.memoryUsage().heapUsed - heldBefore) / megabyte };
    },
  };
}

/** Resident set in MB, now and at its peak. */
function read(): { readonly nowMb: number; readonly peakMb: number } {
  const status = readFileSync('/proc/self/status', 'utf8');
  const of = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) / 1024;
  return { nowMb: of('VmRSS'), peakMb: of('VmHWM') };
}

/** What has ended is collected, twice since some of it is let go by finalizers. */
async function comeToRest(): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    await setTimeout(100);
    globalThis.gc?.();
  }
  await setTimeout(100);
}

import { threadCpuUsage } from 'node:process';

const lookMs = 2;
const blockMs = 10;

/**
 * Looks at this process's event loop from now on; answers a function that gives the blocks since it was asked last, in milliseconds. A
 * block is a time in which the event loop did not turn and its thread had the processor, so that other work on the machine is none.
 */
export function watchEventLoop(): () => readonly number[] {
  let blocks: number[] = [];
  let last = { atMs: performance.now(), busyMs: busyMs() };
  setInterval(() => {
    const now = { atMs: performance.now(), busyMs: busyMs() };
    const ms = Math.min(now.atMs - last.atMs, now.busyMs - last.busyMs);
    if (ms > blockMs) blocks.push(ms);
    last = now;
  }, lookMs).unref();
  return () => {
    const seen = blocks;
    blocks = [];
    return seen;
  };
}

function busyMs(): number {
  const { user, system } = threadCpuUsage();
  return (user + system) / 1000;
}

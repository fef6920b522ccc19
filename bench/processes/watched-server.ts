import { threadCpuUsage } from 'node:process';

/**
 * The server as `npm start` runs it, with a look at its event loop: `SIGUSR2` prints what was seen since the last one, as a line of JSON.
 * A block is a time in which the event loop did not turn and its thread had the processor, so that other work on the machine is none.
 */
const lookMs = 2;
const blockMs = 10;

let blocks: number[] = [];
let last = { atMs: performance.now(), busyMs: busyMs() };

function busyMs(): number {
  const { user, system } = threadCpuUsage();
  return (user + system) / 1000;
}

setInterval(() => {
  const now = { atMs: performance.now(), busyMs: busyMs() };
  const ms = Math.min(now.atMs - last.atMs, now.busyMs - last.busyMs);
  if (ms > blockMs) blocks.push(ms);
  last = now;
}, lookMs).unref();

process.on('SIGUSR2', () => {
  process.stdout.write(`${JSON.stringify({ eventLoopBlocksMs: blocks })}\n`);
  blocks = [];
});

await import('../../packages/server/src/main.ts');

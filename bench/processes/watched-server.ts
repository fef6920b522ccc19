import { watchEventLoop } from '../watch-event-loop.ts';

/** The server as `npm start` runs it, with a look at its event loop: `SIGUSR2` prints what was seen since the last one, as a line of JSON. */
const takeBlocks = watchEventLoop();

process.on('SIGUSR2', () => {
  process.stdout.write(`${JSON.stringify({ eventLoopBlocksMs: takeBlocks() })}\n`);
});

await import('../../packages/server/src/main.ts');

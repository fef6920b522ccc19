import type { ServerProcess } from '../e2e/platform/server-process.ts';

/** Times in which the event loop stood still. */
export type EventLoopBlocks = { readonly count: number; readonly longestMs: number };

/** The blocks since this was asked last, of a server that runs as `processes/watched-server.ts`. */
export async function takeEventLoopBlocks({ child, output }: ServerProcess): Promise<EventLoopBlocks> {
  const before = output().length;
  child.kill('SIGUSR2');
  const deadlineMs = Date.now() + 10_000;
  for (;;) {
    const line = /^\{"eventLoopBlocksMs":(\[.*\])\}$/m.exec(output().slice(before))?.[1];
    if (line !== undefined) {
      const blocks = JSON.parse(line) as readonly number[];
      return { count: blocks.length, longestMs: Math.max(0, ...blocks) };
    }
    if (Date.now() > deadlineMs) throw new Error('The server did not say how its event loop did.');
    await new Promise((wake) => setTimeout(wake, 10));
  }
}

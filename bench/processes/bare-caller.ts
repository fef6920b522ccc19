import { createServer } from 'node:http';
import { Pool } from 'undici';
import { announce } from './announce.ts';

/** The least that makes many calls: fifty at a time over as many connections, each answer read as JSON. Nothing is kept. */
const atATime = 50;
const upstream = new Pool(process.argv[2] ?? '', { connections: atATime });

process.on('message', async ({ path, count }: { readonly path: string; readonly count: number }) => {
  let next = 0;
  const caller = async (): Promise<void> => {
    while (next < count) {
      const { body } = await upstream.request({ method: 'GET', path: `${path}${next++}` });
      await body.json();
    }
  };
  await Promise.all(Array.from({ length: atATime }, caller));
  process.send?.({ kind: 'done' });
});

announce(createServer());

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** An API that answers nothing until the gate is opened. */
export type GatedUpstream = {
  readonly origin: string;
  /** What it was asked, in order of arrival. */
  readonly asked: readonly number[];
  readonly open: () => void;
  readonly close: () => Promise<void>;
};

/** Takes `{"number": …}` and answers it. */
export async function startGatedUpstream(): Promise<GatedUpstream> {
  const asked: number[] = [];
  const gate = Promise.withResolvers<void>();
  const server = createServer(async (request, response) => {
    const { number } = (await json(request)) as { readonly number: number };
    asked.push(number);
    await gate.promise;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ number }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    open: gate.resolve,
    close: () => {
      gate.resolve();
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** One request as the upstream saw it: the truth that the platform's records are held against. */
export type LoggedCall = {
  readonly ticket: string;
  readonly step: string;
  readonly idempotencyKey: string | undefined;
  readonly atMs: number;
};

export type LoggingUpstream = {
  /** Its steps `judge` are refused with 409 until they are asked for under another key. */
  readonly origin: string;
  /** In order of arrival. */
  readonly calls: readonly LoggedCall[];
  /** Callbacks, by ticket and step, of which two were answered 2xx. */
  readonly callbacksTakenTwice: () => readonly string[];
  readonly close: () => Promise<void>;
};

/**
 * An API that takes steps of tickets, each after a pause of up to some milliseconds, so that many calls are in flight at any moment. Who asks to be
 * called back is, within two seconds, often enough to be heard, and then once more; now and then before the
 * answer.
 */
export async function startLoggingUpstream(longestPauseMs = 20): Promise<LoggingUpstream> {
  const calls: LoggedCall[] = [];
  const refused = new Map<string, string | undefined>();
  const taken = new Map<string, number>();
  const stopping = new AbortController();
  const server = createServer(async (request, response) => {
    const { ticket, step, callback } = (await json(request)) as {
      readonly ticket: string;
      readonly step: string;
      readonly callback?: string;
    };
    const header = request.headers['idempotency-key'];
    const idempotencyKey = Array.isArray(header) ? header[0] : header;
    calls.push({ ticket, step, idempotencyKey, atMs: Date.now() });
    if (step === 'judge' && !refused.has(ticket)) refused.set(ticket, idempotencyKey);
    const isRefused = step === 'judge' && refused.get(ticket) === idempotencyKey;
    if (callback !== undefined) {
      const counts = (): unknown => taken.set(`${ticket}/${step}`, (taken.get(`${ticket}/${step}`) ?? 0) + 1);
      void callBack(callback, { ticket, step }, counts, stopping.signal);
    }
    setTimeout(
      () => {
        response.writeHead(isRefused ? 409 : 201, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ ticket, step, number: calls.length }));
      },
      Math.floor(Math.random() * longestPauseMs),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    callbacksTakenTwice: () => [...taken].flatMap(([which, count]) => (count > 1 ? [which] : [])),
    close: () => close(server, stopping),
  };
}

/** As services do: again until somebody answers; and once more, as if the answer had been lost. */
async function callBack(url: string, body: object, onTaken: () => unknown, signal: AbortSignal): Promise<void> {
  await pause(Math.random() < 0.1 ? 0 : Math.random() * 2_000);
  for (let heard = 0; heard < 2 && !signal.aborted; ) {
    const status = await postBack(url, body, signal);
    if (status >= 200 && status < 300) onTaken();
    if (status < 500) heard += 1;
    else await pause(300);
  }
}

/** The status of the answer; 503 where nobody is there at the moment. */
async function postBack(url: string, body: object, signal: AbortSignal): Promise<number> {
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 503;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, ms));
}

function close(server: Server, stopping: AbortController): Promise<void> {
  stopping.abort();
  server.closeAllConnections();
  return new Promise((closed) => server.close(() => closed()));
}

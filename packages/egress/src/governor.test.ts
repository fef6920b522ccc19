import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach, expect, it } from 'vitest';
import type { EgressRequest } from './contract.ts';
import { createEgress } from './egress.ts';
import { type ConnectionLimits, Governor, type GovernorClock } from './governor.ts';

/** A clock that stands still until it is told: what is due then is called in order. */
function manualClock(): GovernorClock & { readonly advance: (ms: number) => Promise<void> } {
  let nowMs = 0;
  const timers = new Set<{ readonly atMs: number; readonly callback: () => void }>();
  // Everything that follows from a call needs some turns of the loop: real sockets are read in between.
  const settle = () => new Promise((wake) => setTimeout(wake, 40));
  return {
    nowMs: () => nowMs,
    after: (ms, callback) => {
      const timer = { atMs: nowMs + ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance: async (ms) => {
      await settle();
      const untilMs = nowMs + ms;
      for (;;) {
        const [next] = [...timers].filter(({ atMs }) => atMs <= untilMs).sort((one, other) => one.atMs - other.atMs);
        if (next === undefined) break;
        timers.delete(next);
        nowMs = Math.max(nowMs, next.atMs);
        next.callback();
        await settle();
      }
      nowMs = untilMs;
    },
  };
}

const received: string[] = [];
const waiting: ServerResponse[] = [];
const answers: { refuse: number; retryAfter: string | undefined; hold: boolean } = {
  refuse: 0,
  retryAfter: '2',
  hold: false,
};
const server = createServer((request, response) => {
  received.push(request.url ?? '');
  if (answers.hold) waiting.push(response);
  else if (answers.refuse > 0) {
    answers.refuse -= 1;
    response
      .writeHead(429, answers.retryAfter === undefined ? {} : { 'retry-after': answers.retryAfter })
      .end('slow down');
  } else response.end('good');
});
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const plain = createEgress();
afterAll(async () => {
  await plain.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});
beforeEach(() => {
  received.length = 0;
  waiting.length = 0;
  Object.assign(answers, { refuse: 0, retryAfter: '2', hold: false });
});

const loopback = { allow: ['loopback'] };
const unlimited: ConnectionLimits = { requestsPerMinute: 0, concurrentRequests: 0, maxWaitMs: 60_000 };

function governed(limits: Partial<ConnectionLimits>) {
  const clock = manualClock();
  const governor = new Governor(clock);
  const outcomes: string[] = [];
  const send = (path: string, more: Partial<EgressRequest> = {}, connection = 'c'): void => {
    const egress = governor.govern(plain, connection, () => ({ ...unlimited, ...limits }));
    egress.send({ method: 'GET', url: `${origin}${path}`, headers: {}, ...more }, loopback).then(
      async (response) => {
        outcomes.push(`${path} ${response.status} ${new TextDecoder().decode(await response.bytes())}`);
      },
      (error: { readonly code?: string; readonly message: string }) =>
        outcomes.push(`${path} ${error.code ?? ''}: ${error.message.replace(/127\.0\.0\.1:\d+/, 'HOST')}`),
    );
  };
  return { clock, send, outcomes };
}

it('lets a minute of requests go at once, and the rest evenly, in order', async () => {
  const { clock, send, outcomes } = governed({ requestsPerMinute: 2, maxWaitMs: 90_000 });
  for (const path of ['/1', '/2', '/3', '/4']) send(path);
  await clock.advance(0);
  await expect.poll(() => outcomes).toEqual(['/1 200 good', '/2 200 good']);
  await clock.advance(29_000);
  expect(received).toEqual(['/1', '/2']);
  await clock.advance(1000);
  await expect.poll(() => received).toEqual(['/1', '/2', '/3']);
  await clock.advance(30_000);
  await expect.poll(() => outcomes).toEqual(['/1 200 good', '/2 200 good', '/3 200 good', '/4 200 good']);
});

it('turns away at once what would have to wait too long', async () => {
  const { clock, send, outcomes } = governed({ requestsPerMinute: 1, maxWaitMs: 5000 });
  send('/1');
  send('/2');
  await clock.advance(0);
  await expect
    .poll(() => outcomes)
    .toEqual([
      expect.stringMatching(
        /^\/2 rate-limited: The request to HOST would have to wait for more than 5 s: the connection is at its limit of 1 requests a minute/,
      ),
      '/1 200 good',
    ]);
});

it('keeps the number of requests under way', async () => {
  answers.hold = true;
  const { send } = governed({ concurrentRequests: 2 });
  for (const path of ['/1', '/2', '/3']) send(path);
  await expect.poll(() => received).toEqual(['/1', '/2']);
  waiting[0]?.end();
  await expect.poll(() => received).toEqual(['/1', '/2', '/3']);
  for (const response of waiting) response.end();
});

it('waits as long as the API says and repeats, and everybody on the connection waits with it', async () => {
  answers.refuse = 1;
  const { clock, send, outcomes } = governed({});
  send('/1', { method: 'POST', body: 'x' });
  await expect.poll(() => received).toEqual(['/1']);
  await clock.advance(0);
  send('/2');
  send('/3', {}, 'other');
  await clock.advance(1900);
  await expect.poll(() => received).toEqual(['/1', '/3']);
  await clock.advance(100);
  await expect.poll(() => outcomes.toSorted()).toEqual(['/1 200 good', '/2 200 good', '/3 200 good']);
});

it('answers as the API did what cannot be repeated or may not wait so long', async () => {
  answers.refuse = 2;
  answers.retryAfter = '90';
  const { send, outcomes } = governed({});
  send('/long');
  await expect.poll(() => outcomes).toEqual(['/long 429 slow down']);
  answers.retryAfter = '1';
  const other = governed({});
  const streamed = (async function* () {
    yield new Uint8Array([1]);
  })();
  other.send('/streamed', { method: 'POST', body: streamed });
  await expect.poll(() => other.outcomes).toEqual(['/streamed 429 slow down']);
});

it('does not repeat for ever', async () => {
  answers.refuse = 1000;
  answers.retryAfter = '0';
  const { clock, send, outcomes } = governed({});
  for (let index = 0; index < 5; index += 1) send(`/${index}`);
  await expect.poll(() => clock.advance(100).then(() => outcomes.length)).toBe(5);
  expect(received.length).toBeLessThanOrEqual(5 + 11);
});

it('stops waiting when the caller does', async () => {
  const { clock, send, outcomes } = governed({ requestsPerMinute: 1 });
  const stop = new AbortController();
  send('/1');
  send('/2', { signal: stop.signal });
  await expect.poll(() => outcomes).toEqual(['/1 200 good']);
  stop.abort(new Error('enough'));
  await clock.advance(120_000);
  await expect.poll(() => outcomes).toEqual(['/1 200 good', '/2 : enough']);
  expect(received).toEqual(['/1']);
});

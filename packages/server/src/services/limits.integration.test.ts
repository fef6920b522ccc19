import { afterAll, beforeAll, expect, it } from 'vitest';
import { startThingsPlatform, type ThingsPlatform } from '../test-platform/start-things-platform.ts';
import { answerJson } from '../test-platform/upstream.ts';

const context: { things?: ThingsPlatform; refusals: number; isSilent: boolean } = { refusals: 0, isSilent: false };

beforeAll(async () => {
  context.things = await startThingsPlatform((_request, response) => {
    if (context.isSilent) return;
    if (context.refusals > 0) {
      context.refusals -= 1;
      response.writeHead(429, { 'retry-after': '0' }).end();
    } else answerJson(response, 200, { id: 1 });
  });
});

afterAll(async () => {
  await context.things?.stop();
});

function platform(): ThingsPlatform {
  if (context.things === undefined) throw new Error('not started');
  return context.things;
}

const limitsPath = '/api/environments/~default/limits';

it('has the limits of the ecosystem until an administrator sets others', async () => {
  const { ask } = platform();
  expect(await ask('GET', limitsPath)).toEqual({
    status: 200,
    body: {
      requestsPerMinute: 500,
      concurrentRequests: 0,
      maxWaitMs: 120_000,
      timeoutMs: 120_000,
      retryBudgetPercent: 20,
    },
  });
  const limits = { requestsPerMinute: 0, concurrentRequests: 3, maxWaitMs: 1000 };
  const whole = { ...limits, timeoutMs: 120_000, retryBudgetPercent: 20 };
  expect(await ask('PUT', limitsPath, limits)).toEqual({ status: 200, body: whole });
  expect(await ask('GET', limitsPath)).toEqual({ status: 200, body: whole });
  const own = { ...limits, timeoutMs: 30_000, retryBudgetPercent: 0 };
  expect(await ask('PUT', limitsPath, own)).toEqual({ status: 200, body: own });
  expect(await ask('PUT', limitsPath, { ...limits, timeoutMs: 120_001 })).toMatchObject({
    status: 400,
    body: { detail: expect.stringContaining('PATCHBAY_CALL_TIMEOUT_MS') },
  });
  await ask('PUT', limitsPath, limits);
  expect((await ask('PUT', limitsPath, { ...limits, maxWaitMs: -1 })).status).toBe(400);
});

it('lets a caller wait for an API that says 429, and repeats the call', async () => {
  const { call, runtimePath, upstream } = platform();
  context.refusals = 2;
  const before = upstream.received.length;
  const answer = await call('GET', `${runtimePath}/things/1`);
  expect([answer.status, answer.body, upstream.received.length - before]).toEqual([200, { id: 1 }, 3]);
});

it('tells a caller who would have to wait too long', async () => {
  const { call, ask, runtimePath } = platform();
  await ask('PUT', limitsPath, { requestsPerMinute: 1, concurrentRequests: 0, maxWaitMs: 0 });
  await call('GET', `${runtimePath}/things/1`);
  const answer = await call('GET', `${runtimePath}/things/1`);
  expect(answer.status).toBe(429);
  expect(JSON.stringify(answer.body)).toMatch(/"code":"RateLimited".*at its limit of 1 requests a minute/);
});

it('repeats nothing without a retry budget, and gives up when the environment says', async () => {
  const { call, ask, runtimePath, upstream } = platform();
  const limits = { requestsPerMinute: 0, concurrentRequests: 0, maxWaitMs: 1000 };
  await ask('PUT', limitsPath, { ...limits, retryBudgetPercent: 0 });
  context.refusals = 1;
  const before = upstream.received.length;
  expect((await call('GET', `${runtimePath}/things/1`)).status).toBe(429);
  expect(upstream.received.length - before).toBe(1);
  await ask('PUT', limitsPath, { ...limits, timeoutMs: 50 });
  context.isSilent = true;
  const answer = await call('GET', `${runtimePath}/things/1`);
  context.isSilent = false;
  expect([answer.status, answer.body]).toMatchObject([504, { error: { code: 'TimedOut' } }]);
});

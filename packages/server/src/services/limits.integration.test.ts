import { afterAll, beforeAll, expect, it } from 'vitest';
import { startThingsPlatform, type ThingsPlatform } from '../test-platform/start-things-platform.ts';
import { answerJson } from '../test-platform/upstream.ts';

const context: { things?: ThingsPlatform; refusals: number } = { refusals: 0 };

beforeAll(async () => {
  context.things = await startThingsPlatform((_request, response) => {
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
    body: { requestsPerMinute: 500, concurrentRequests: 0, maxWaitMs: 120_000 },
  });
  const limits = { requestsPerMinute: 0, concurrentRequests: 3, maxWaitMs: 1000 };
  expect(await ask('PUT', limitsPath, limits)).toEqual({ status: 200, body: limits });
  expect(await ask('GET', limitsPath)).toEqual({ status: 200, body: limits });
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

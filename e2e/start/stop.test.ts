import { expect, it, onTestFinished } from 'vitest';
import { callbackUrl, deployFlow } from '../platform/maker.ts';
import { startServerProcess } from '../platform/server-process.ts';
import { signInWithLink } from '../platform/signed-in-client.ts';
import { startSlowApi } from './slow-api.ts';
import { dataFolder, isPrepared, lastLine, runStatuses, signIn, start } from './started.ts';

it.skipIf(!isPrepared)(
  'Ctrl-C lets a running run finish and npm start exits 0 (needs npm test or npm start before)',
  async () => {
    const upstream = await startSlowApi(1200);
    onTestFinished(upstream.close);
    const environment = { PATCHBAY_DATA: await dataFolder(), PATCHBAY_SEED: 'environment' };
    const first = await start(environment);
    await first.shows(lastLine);
    const client = await signIn(first);
    const flow = await deployFlow(client, 'Slow', slowFlow(upstream.origin));
    await fetch(await callbackUrl(client, flow, 'manual'), { method: 'POST' });
    await expect.poll(upstream.requests).toBe(1);
    first.pressCtrlC();
    expect(await first.ended).toBe(0);
    expect(first.output().split('\n').slice(-3)).toEqual([
      '',
      'Stopping: letting runs come to rest. Ctrl-C again stops at once; runs go on at the next start.',
      '',
    ]);
    const second = await start(environment);
    await second.shows(lastLine);
    expect({ runs: await runStatuses(await signIn(second), flow), requests: upstream.requests() }).toEqual({
      runs: ['Succeeded'],
      requests: 1,
    });
  },
);

it('SIGINT to the server process alone does the same', async () => {
  const upstream = await startSlowApi(1200);
  onTestFinished(upstream.close);
  const environment = { PATCHBAY_SEED: 'environment' };
  const first = await startServerProcess({ environment });
  onTestFinished(first.dispose);
  const client = await signInWithLink(first.signInLink());
  const flow = await deployFlow(client, 'Slow', slowFlow(upstream.origin));
  await fetch(await callbackUrl(client, flow, 'manual'), { method: 'POST' });
  await expect.poll(upstream.requests).toBe(1);
  expect(await first.interrupt()).toBe(0);
  const second = await startServerProcess({ environment, dataFolder: first.dataFolder });
  onTestFinished(second.dispose);
  expect(await runStatuses(await signInWithLink(second.signInLink()), flow)).toEqual(['Succeeded']);
});

it('a caller that waits for a long run is answered when the server stops, and the run goes on at the next start', async () => {
  const environment = { PATCHBAY_SEED: 'environment', PATCHBAY_DRAIN_TIMEOUT_MS: '300' };
  const first = await startServerProcess({ environment });
  onTestFinished(first.dispose);
  const client = await signInWithLink(first.signInLink());
  const flow = await deployFlow(client, 'Patient', patientFlow());
  const waiting = fetch(await callbackUrl(client, flow, 'manual'), { method: 'POST' });
  await expect.poll(() => runStatuses(client, flow)).toEqual(['Running']);
  expect(await first.interrupt()).toBe(0);
  const answer = await waiting;
  expect({ status: answer.status, body: await answer.json() }).toMatchInlineSnapshot(`
    {
      "body": {
        "error": {
          "code": "NoResponse",
          "message": "The server did not receive a response: the engine has stopped.",
        },
      },
      "status": 502,
    }
  `);
  const second = await startServerProcess({ environment, dataFolder: first.dataFolder });
  onTestFinished(second.dispose);
  expect(await runStatuses(await signInWithLink(second.signInLink()), flow)).toEqual(['Waiting']);
});

const definition = {
  $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  contentVersion: '1.0.0.0',
  parameters: {},
  triggers: { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} } } },
  outputs: {},
};

function slowFlow(origin: string): object {
  return {
    ...definition,
    actions: {
      Ask: { type: 'Http', inputs: { method: 'POST', uri: origin, body: {} }, runAfter: {} },
      Note: { type: 'Compose', inputs: "@body('Ask')['done']", runAfter: { Ask: ['Succeeded'] } },
    },
  };
}

function patientFlow(): object {
  return {
    ...definition,
    actions: {
      Wait: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Minute' } }, runAfter: {} },
      Response: { type: 'Response', inputs: { statusCode: 200 }, runAfter: { Wait: ['Succeeded'] } },
    },
  };
}

import { expect, it, onTestFinished } from 'vitest';
import { flows, startThingsPlatform } from '../../test-platform/start-things-platform.ts';
import { answerJson } from '../../test-platform/upstream.ts';

const triggers = { manual: { type: 'Request', kind: 'Http' } };

it('hands its tracking id on to the flows whose addresses it calls, and what it says of itself to nobody who need not know', async () => {
  const platform = await startThingsPlatform((_request, response) => answerJson(response, 200, {}));
  onTestFinished(platform.stop);
  const { call, deploy, services, upstream } = platform;
  const callback = async (flow: string): Promise<string> => {
    const listed = await call('POST', `${flows}/${flow}/triggers/manual/listCallbackUrl`);
    return (listed.body as { readonly response: { readonly value: string } }).response.value;
  };
  const called = await deploy(
    {
      triggers,
      actions: { Response: { type: 'Response', inputs: { body: "@triggerOutputs()['headers']" }, runAfter: {} } },
    },
    'Called by its address',
  );
  const request = { method: 'GET', uri: `${upstream.origin}/seen` };
  const flow = await deploy(
    {
      triggers,
      actions: {
        Call: { type: 'Http', inputs: { method: 'POST', uri: await callback(called) }, runAfter: {} },
        Told: { type: 'Http', inputs: request, runAfter: {} },
        Untold: {
          type: 'Http',
          inputs: request,
          operationOptions: 'SuppressWorkflowHeaders',
          runAfter: { Told: ['Succeeded'] },
        },
        Response: {
          type: 'Response',
          inputs: { body: "@body('Call')" },
          runAfter: { Call: ['Succeeded'], Untold: ['Succeeded'] },
        },
      },
    },
    'Calls',
  );
  const answer = await fetch(await callback(flow), {
    method: 'POST',
    headers: { 'x-ms-client-tracking-id': 'order-7' },
  });
  const runs = await services.store.runs.listRuns({ flowId: called, limit: 10 });
  expect([answer.status, runs.map(({ clientTrackingId }) => clientTrackingId)]).toEqual([200, ['order-7']]);
  expect(await answer.json()).toMatchObject({
    'x-ms-workflow-id': flow,
    'x-ms-workflow-run-id': answer.headers.get('x-ms-workflow-run-id'),
    'x-ms-workflow-operation-name': 'Call',
    'x-ms-client-tracking-id': 'order-7',
  });
  const own = upstream.received
    .filter(({ target }) => target === '/seen')
    .map(({ headers }) => Object.keys(headers).filter((name) => name.startsWith('x-ms-')).length);
  expect(own).toEqual([10, 0]);
});

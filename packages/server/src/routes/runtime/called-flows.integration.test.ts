import type { JsonObject } from '@patchbay/definition';
import { expect, it, onTestFinished, vi } from 'vitest';
import { flows, startThingsPlatform } from '../../test-platform/start-things-platform.ts';
import { answerJson } from '../../test-platform/upstream.ts';

async function start() {
  const platform = await startThingsPlatform((_request, response) => answerJson(response, 200, {}));
  onTestFinished(platform.stop);
  const { call, services } = platform;
  const callback = async (flow: string): Promise<string> => {
    const listed = await call('POST', `${flows}/${flow}/triggers/manual/listCallbackUrl`);
    return (listed.body as { readonly response: { readonly value: string } }).response.value;
  };
  const runs = (flow: string) => services.store.runs.listRuns({ flowId: flow, limit: 10 });
  return { ...platform, callback, runs };
}

const triggers = { manual: { type: 'Request', kind: 'Http' } };

const child: JsonObject = {
  triggers,
  actions: {
    Pause: { type: 'Wait', inputs: { interval: { count: 2, unit: 'Second' } }, runAfter: {} },
    Response: {
      type: 'Response',
      kind: 'Http',
      inputs: { statusCode: 200, body: { got: '@triggerBody()' } },
      runAfter: { Pause: ['Succeeded'] },
    },
  },
};

const parent = (host: JsonObject): JsonObject => ({
  triggers,
  actions: {
    Call: { type: 'Workflow', inputs: { host, body: '@triggerBody()' }, runAfter: {} },
    Response: {
      type: 'Response',
      kind: 'Http',
      inputs: { statusCode: 200, body: "@body('Call')" },
      runAfter: { Call: ['Succeeded'] },
    },
  },
});

it('calls flows of its environment by id, by name and by the end of a resource id, and answers with what they answer', async () => {
  const { deploy, callback, runs } = await start();
  const called = await deploy(child, 'Does the work');
  const hosts = [
    { workflowReferenceName: called },
    { workflow: { id: 'does the work' } },
    {
      triggerName: 'manual',
      workflow: { id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Logic/workflows/Does the work' },
    },
  ];
  for (const host of hosts) {
    const flow = await deploy(parent(host), 'Calls');
    const answer = await fetch(await callback(flow), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-ms-client-tracking-id': 'traced' },
      body: '{"a":1}',
    });
    expect([answer.status, await answer.json()]).toEqual([200, { got: { a: 1 } }]);
    expect((await runs(flow)).map(({ status }) => status)).toEqual(['Succeeded']);
  }
  await vi.waitFor(async () =>
    expect((await runs(called)).map(({ status, clientTrackingId }) => `${status} ${clientTrackingId}`)).toEqual([
      'Succeeded traced',
      'Succeeded traced',
      'Succeeded traced',
    ]),
  );
});

it('refuses to deploy a flow that calls one which never answers', async () => {
  const { deploy, call } = await start();
  await deploy({ triggers, actions: { A: { type: 'Compose', inputs: 1 } } }, 'Silent');
  const properties = { displayName: 'Calls', definition: parent({ workflow: { id: 'Silent' } }) };
  const answer = await call('POST', flows, { properties });
  expect([answer.status, JSON.stringify(answer.body)]).toEqual([
    400,
    expect.stringContaining('the flow \\"Silent\\" that is called has no Response action, so it never answers'),
  ]);
});

it('gathers what flows send into a run of another', async () => {
  const { deploy, run, runs } = await start();
  const receiver = await deploy(
    {
      triggers: {
        Gather: {
          type: 'Batch',
          inputs: { mode: 'Inline', configurations: { orders: { releaseCriteria: { messageCount: 2 } } } },
        },
      },
      actions: { Keep: { type: 'Compose', inputs: '@triggerBody()' } },
    },
    'Receives',
  );
  const sender = await deploy({
    triggers,
    actions: {
      Send: {
        type: 'SendToBatch',
        inputs: {
          host: { workflow: { id: 'Receives' } },
          batchName: 'orders',
          content: '@triggerBody()',
          messageId: "@concat('m', string(triggerBody()))",
        },
      },
    },
  });
  for (const number of [1, 2, 3]) await run(sender, number);
  const received = await runs(receiver);
  expect(received.map(({ trigger }) => JSON.parse(trigger.outputs ?? 'null'))).toEqual([
    {
      body: {
        batchName: 'orders',
        partitionName: 'DEFAULT',
        items: [
          { messageId: 'm1', content: 1 },
          { messageId: 'm2', content: 2 },
        ],
      },
    },
  ]);
});

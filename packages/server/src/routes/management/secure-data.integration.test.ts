import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { flows, startThingsPlatform, type ThingsPlatform } from '../../test-platform/start-things-platform.ts';
import { flowOf } from '../../test-platform/things.ts';
import { answerJson } from '../../test-platform/upstream.ts';

let server: ThingsPlatform;
beforeAll(async () => {
  server = await startThingsPlatform((_request, response) => answerJson(response, 200, { token: 's3cr3t' }));
});
afterAll(() => server.stop());

const secured = (...properties: readonly string[]): object => ({
  runtimeConfiguration: { secureData: { properties } },
});

it('shows secured data nowhere in the history of a run', async () => {
  const uses = "@triggerBody()?['pin']";
  const definition = flowOf({
    Read: { type: 'Compose', inputs: uses, runAfter: {} },
    Wrong: { type: 'Compose', inputs: "@int(triggerBody()['pin'])", runAfter: {} },
    Each: {
      type: 'Foreach',
      foreach: "@triggerBody()['list']",
      actions: { Item: { type: 'Compose', inputs: "@items('Each')" } },
      runAfter: {},
    },
    Set: {
      type: 'InitializeVariable',
      inputs: { variables: [{ name: 'v', type: 'string', value: uses }] },
      runAfter: {},
    },
    Plain: { type: 'Compose', inputs: 'in the open', runAfter: {} },
  });
  const triggers = { manual: { type: 'Request', kind: 'Http', inputs: {}, ...secured('inputs', 'outputs') } };
  const flow = await server.deploy({
    ...definition,
    triggers,
    outputs: { pin: { type: 'String', value: uses } },
  });
  const run = await server.run(flow, { pin: 's3cr3t', list: ['s3cr3t-1'] });
  await vi.waitFor(async () => expect(await server.history(flow, run)).toMatchObject({ status: 'Failed' }));
  const paths = [
    `/api/flows/${flow}/runs/${run}`,
    `${flows}/${flow}/runs`,
    `${flows}/${flow}/runs/${run}`,
    `${flows}/${flow}/runs/${run}?$expand=properties/actions`,
    `${flows}/${flow}/runs/${run}/actions`,
    `${flows}/${flow}/runs/${run}/actions/Read`,
    `${flows}/${flow}/runs/${run}/actions/Wrong`,
    `${flows}/${flow}/runs/${run}/actions/Item/repetitions`,
    `${flows}/${flow}/triggers/manual/histories`,
    `${flows}/${flow}/triggers/manual/histories/${run}`,
  ];
  const answers = await Promise.all(paths.map(async (path) => ({ path, ...(await server.call('GET', path)) })));
  expect(answers.map(({ path, status }) => [path, status])).toEqual(paths.map((path) => [path, 200]));
  const texts = answers.map(({ body }) => JSON.stringify(body));
  expect(texts.filter((text) => text.includes('s3cr3t'))).toEqual([]);
  expect(texts[0]).toContain('in the open');
  type Step = { readonly name: string; readonly hidden?: unknown };
  const page = answers[0]?.body as { readonly trigger: Step; readonly actions: readonly Step[] };
  expect([page.trigger.hidden, page.actions.map(({ name, hidden }) => [name, hidden])]).toEqual([
    ['inputs', 'outputs'],
    [
      ['Read', ['inputs', 'outputs']],
      ['Wrong', ['inputs', 'outputs']],
      ['Each', ['inputs']],
      ['Item', ['inputs', 'outputs']],
      ['Set', ['inputs', 'outputs']],
      ['Plain', undefined],
    ],
  ]);
  // The links that there are lead to what may be seen.
  const links = texts.flatMap((text) => [...text.matchAll(/"uri":"([^"]+)"/g)].map(([, uri = '']) => uri));
  expect(links.filter((link) => /TriggerInputs|TriggerOutputs|action=(?:Read|Set|Item|Wrong)/.test(link))).toEqual([]);
});

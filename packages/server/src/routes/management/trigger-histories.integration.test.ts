import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { flows, startThingsPlatform, type ThingsPlatform } from '../../test-platform/start-things-platform.ts';
import { flowOf } from '../../test-platform/things.ts';
import { answerJson } from '../../test-platform/upstream.ts';

let server: ThingsPlatform;
beforeAll(async () => {
  server = await startThingsPlatform((_request, response) => answerJson(response, 404, { message: 'Gone.' }));
});
afterAll(() => server.stop());

type Listed = { readonly value: readonly { readonly name: string }[]; readonly nextLink?: string };

async function list(path: string): Promise<Listed> {
  const { status, body } = await server.call('GET', path);
  expect(status).toBe(200);
  return body as Listed;
}

const names = ({ value }: Listed): readonly string[] => value.map(({ name }) => name);
const split = { manual: { type: 'Request', kind: 'Http', inputs: {}, splitOn: '@triggerBody()' } };
const keep = { Keep: { type: 'Compose', inputs: '@triggerBody()', runAfter: {} } };

it('lists when a trigger fired, a page at a time, and gets one by its run', async () => {
  const flow = await server.deploy(flowOf(keep));
  const path = `${flows}/${flow}/triggers/manual/histories`;
  expect(await list(path)).toEqual({ value: [] });
  const runs = [await server.run(flow, 1), await server.run(flow, 2), await server.run(flow, 3)].toReversed();
  expect(names(await list(path))).toEqual(runs);
  const first = await list(`${path}?$top=2`);
  expect(names(first)).toEqual(runs.slice(0, 2));
  const next = first.nextLink?.slice(server.origin.length) ?? '';
  expect(names(await list(next))).toEqual(runs.slice(2));
  expect(names(await list(`${path}?$filter=status%20eq%20'Failed'`))).toEqual([]);
  expect(await server.ask('GET', `${path}/${runs[0]}`)).toMatchInlineSnapshot(`
    {
      "body": {
        "id": "/providers/Microsoft.ProcessSimple/environments/E/flows/GUID/triggers/manual/histories/RUN",
        "name": "RUN",
        "properties": {
          "code": "OK",
          "correlation": {
            "clientTrackingId": "RUN",
          },
          "endTime": "TIME",
          "fired": true,
          "outputsLink": {
            "contentHash": {
              "algorithm": "md5",
              "value": "9JPrL51M+WBu9XJ3CalwTQ==",
            },
            "contentSize": 23,
            "contentVersion": "9JPrL51M+WBu9XJ3CalwTQ==",
            "uri": "http://patchbay.test/contents/GUID/RUN/TriggerOutputs?se=EXPIRY&sig=SIGNATURE",
          },
          "run": {
            "id": "/providers/Microsoft.ProcessSimple/environments/E/flows/GUID/runs/RUN",
            "name": "RUN",
            "type": "Microsoft.ProcessSimple/environments/flows/runs",
          },
          "startTime": "TIME",
          "status": "Succeeded",
        },
        "type": "Microsoft.ProcessSimple/environments/flows/triggers/histories",
      },
      "status": 200,
    }
  `);
  expect(await server.ask('GET', `${path}/nothing`)).toEqual({
    status: 404,
    body: { error: { code: 'TriggerHistoryNotFound', message: 'The trigger "manual" has no history "nothing".' } },
  });
  const other = await server.deploy(flowOf(keep));
  expect((await server.ask('GET', `${flows}/${other}/triggers/manual/histories/${runs[0]}`)).status).toBe(404);
  expect(await server.ask('GET', `${flows}/${flow}/triggers/manual`)).toMatchObject({
    body: { properties: { lastExecutionTime: 'TIME' } },
  });
});

it('tells of a poll that failed beside the runs, and when it polls next', async () => {
  const flow = await server.deploy(
    flowOf(keep, {
      triggers: {
        News: {
          type: 'Http',
          inputs: { method: 'GET', uri: `http://${server.upstream.host}/news` },
          recurrence: { frequency: 'Hour', interval: 1 },
        },
      },
    }),
  );
  const path = `${flows}/${flow}/triggers/News`;
  await vi.waitFor(async () => expect((await list(`${path}/histories`)).value).toHaveLength(1));
  const [name = ''] = names(await list(`${path}/histories?$filter=status%20eq%20'Failed'`));
  expect(await server.ask('GET', `${path}/histories/${name}`)).toMatchObject({
    status: 200,
    body: { name, properties: { status: 'Failed', fired: false, startTime: 'TIME', code: expect.any(String) } },
  });
  expect(await server.ask('POST', `${path}/histories/${name}/resubmit`)).toMatchObject({
    status: 404,
    body: { error: { code: 'TriggerHistoryNotFound' } },
  });
  expect(await server.ask('GET', path)).toMatchObject({ body: { properties: { nextExecutionTime: 'TIME' } } });
});

it('runs a flow again with what a run began with, without splitting it again', async () => {
  const flow = await server.deploy(flowOf(keep, { triggers: split }));
  await server.call('POST', `/api/flows/${flow}/triggers/manual/run`, { body: [['a', 'b'], 'c'] });
  const path = `${flows}/${flow}/triggers/manual/histories`;
  const before = names(await list(path));
  expect(before).toHaveLength(2);
  const bodies = async (): Promise<readonly unknown[]> => {
    const runs = await server.services.store.runs.listRuns({ flowId: flow, limit: 10 });
    return runs.map(({ trigger }) => (JSON.parse(trigger.outputs ?? '{}') as { readonly body?: unknown }).body);
  };
  const listed = before[(await bodies()).findIndex((body) => Array.isArray(body))];
  const again = await server.call('POST', `${path}/${listed}/resubmit?api-version=2016-11-01`);
  const runId = String(again.headers['x-ms-workflow-run-id']);
  expect([again.status, names(await list(path))]).toEqual([202, [runId, ...before]]);
  await server.services.engine.settled(runId);
  expect((await bodies())[0]).toEqual(['a', 'b']);
});

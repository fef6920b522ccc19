import { afterAll, beforeAll, expect, it } from 'vitest';
import { flows, startThingsPlatform, type ThingsPlatform } from '../../test-platform/start-things-platform.ts';
import { flowOf } from '../../test-platform/things.ts';
import { answerJson } from '../../test-platform/upstream.ts';

let server: ThingsPlatform;
beforeAll(async () => {
  server = await startThingsPlatform((_request, response) => answerJson(response, 404, { message: 'Gone.' }));
});
afterAll(() => server.stop());

type Listed = {
  readonly value: readonly {
    readonly name: string;
    readonly properties: {
      readonly startTime: string;
      readonly trigger: { readonly outputsLink: { readonly uri: string; readonly contentSize: number } };
    };
  }[];
  readonly nextLink?: string;
};

async function list(flow: string, query = ''): Promise<Listed> {
  const { status, body } = await server.call('GET', `${flows}/${flow}/runs?${query}`);
  expect(status).toBe(200);
  return body as Listed;
}

const filter = (text: string): string => `$filter=${encodeURIComponent(text)}`;
const names = ({ value }: Listed): readonly string[] => value.map(({ name }) => name);
/** Fails for 0. */
const failing = flowOf({ Divide: { type: 'Compose', inputs: '@div(1, triggerBody())', runAfter: {} } });

it('lists runs newest first, by status and time, page by page', async () => {
  const flow = await server.deploy(failing);
  const runs: string[] = [];
  for (const body of [0, 1, 0, 1, 1]) runs.unshift(await server.run(flow, body));
  const [newest = '', , failed = '', , oldest = ''] = runs;
  const all = await list(flow);
  expect(names(all)).toEqual(runs);
  const pages = [await list(flow, '$top=2')];
  for (let next = pages[0]?.nextLink; next !== undefined; next = pages.at(-1)?.nextLink) {
    const { body } = await server.call('GET', next.slice(server.origin.length));
    pages.push(body as Listed);
  }
  expect(pages.map(names)).toEqual([runs.slice(0, 2), runs.slice(2, 4), runs.slice(4)]);
  expect(names(await list(flow, filter("status eq 'Failed'")))).toEqual([failed, oldest]);
  expect(names(await list(flow, `${filter("status eq 'failed'")}&$top=1`))).toEqual([failed]);
  expect(names(await list(flow, filter("status eq 'Suspended'")))).toEqual([]);
  const begun = all.value.find(({ name }) => name === failed)?.properties.startTime ?? '';
  expect(names(await list(flow, filter(`startTime ge ${begun}`)))).toEqual(runs.slice(0, 3));
  expect(names(await list(flow, filter(`startTime gt ${begun}`)))).toEqual(runs.slice(0, 2));
  expect(names(await list(flow, filter(`startTime lt ${begun}`)))).toEqual(runs.slice(3));
  expect(names(await list(flow, filter(`startTime le ${begun} and status eq 'Failed'`)))).toEqual([failed, oldest]);
  // A whole second is before what began within it.
  const second = `${begun.slice(0, 19)}Z`;
  expect(names(await list(flow, filter(`startTime ge ${second}`)))).toContain(newest);
  expect(names(await list(flow, filter('startTime lt 2020-01-01')))).toEqual([]);
});

it('links to what a run was given, by its size', async () => {
  const flow = await server.deploy(failing);
  const run = await server.run(flow, 1);
  const [listed] = (await list(flow)).value;
  const { uri, contentSize } = listed?.properties.trigger.outputsLink ?? { uri: '', contentSize: 0 };
  const { body } = (await server.call('GET', uri.slice(server.origin.length))) as { readonly body: unknown };
  expect(listed?.name).toBe(run);
  expect(JSON.stringify(body)).toHaveLength(contentSize);
});

it.each([
  ['$skiptoken=0858', 'The `$skiptoken` is none of this list: follow `nextLink` as it was given.'],
  [filter('startTime ge yesterday'), '"yesterday" in the `$filter` is no time. Write it as in 2026-01-31T08:00:00Z.'],
])('refuses %s', async (query, message) => {
  const flow = await server.deploy(failing);
  const { status, body } = await server.call('GET', `${flows}/${flow}/runs?${query}`);
  expect({ status, body }).toEqual({
    status: 400,
    body: { error: expect.objectContaining({ code: 'InvalidRequest', message }) },
  });
});

import { expect, it, onTestFinished, vi } from 'vitest';
import { flows, startThingsPlatform } from '../../test-platform/start-things-platform.ts';
import { flowOf } from '../../test-platform/things.ts';
import { answerJson } from '../../test-platform/upstream.ts';

it('says in the history of a run in whose place a static result stood', async () => {
  const server = await startThingsPlatform((_request, response) => answerJson(response, 200, {}));
  onTestFinished(server.stop);
  const standIn = (staticResultOptions: string) => ({
    type: 'Http',
    inputs: { method: 'GET', uri: `${server.upstream.origin}/called` },
    runtimeConfiguration: { staticResult: { name: 'made_up', staticResultOptions } },
  });
  const definition = {
    ...flowOf({
      In: { type: 'Scope', actions: { Stood_in: standIn('Enabled') }, runAfter: {} },
      Asked: { ...standIn('Disabled'), runAfter: {} },
      Skipped: { ...standIn('Enabled'), runAfter: { Asked: ['Failed'] } },
    }),
    staticResults: { made_up: { status: 'Succeeded', outputs: { statusCode: 'Created', body: 1 } } },
  };
  const flow = await server.deploy(definition);
  const run = await server.run(flow, {});
  await vi.waitFor(async () => expect(await server.history(flow, run)).toMatchObject({ status: 'Succeeded' }));
  const { body } = await server.call('GET', `${flows}/${flow}/runs/${run}/actions`);
  const listed = (body as { readonly value: readonly { name: string; properties: { executionMode?: string } }[] })
    .value;
  expect(Object.fromEntries(listed.map(({ name, properties }) => [name, properties.executionMode]))).toEqual({
    In: undefined,
    Stood_in: 'StaticResults',
    Asked: undefined,
    Skipped: undefined,
  });
  expect(server.upstream.received.map(({ target }) => target)).toEqual(['/called']);
});

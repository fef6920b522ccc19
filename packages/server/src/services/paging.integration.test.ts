import { expect, it, onTestFinished } from 'vitest';
import { nameOf, powerApps, startThingsPlatform } from '../test-platform/start-things-platform.ts';
import { flowOf } from '../test-platform/things.ts';
import { answerJson } from '../test-platform/upstream.ts';

const connection = 'fedcba9876543210fedcba9876543210';

it('takes as many pages as a flow wants items, by operation and by path', async () => {
  const server = await startThingsPlatform(({ target }, response) => {
    const skip = Number(new URL(target, 'http://api.test').searchParams.get('skip') ?? 0);
    answerJson(response, 200, {
      value: [skip, skip + 1],
      ...(skip < 4 && { '@odata.nextLink': `http://${response.req.headers.host}/v1/rows?skip=${skip + 2}` }),
    });
  });
  onTestFinished(() => server.stop());
  const connector = nameOf(
    await server.call('POST', `${powerApps}/apis`, {
      properties: {
        iconBrandColor: '#112233',
        connectionParameters: {},
        openApiDefinition: {
          swagger: '2.0',
          info: { title: 'Rows', version: '1', description: 'Rows in pages.' },
          host: server.upstream.host,
          basePath: '/v1',
          schemes: ['http'],
          paths: {
            '/rows': {
              get: {
                operationId: 'ListRows',
                summary: 'List rows',
                'x-ms-pageable': { nextLinkName: '@odata.nextLink' },
                parameters: [{ name: 'skip', in: 'query', type: 'integer' }],
                responses: { 200: { description: 'ok' } },
              },
            },
          },
        },
      },
    }),
  );
  const apiId = `${powerApps}/apis/${connector}`;
  nameOf(await server.call('PUT', `${apiId}/connections/${connection}`, { properties: { displayName: 'Rows' } }));
  const paged = (minimumItemCount: number) => ({ paginationPolicy: { minimumItemCount } });
  const first = {
    type: 'OpenApiConnection',
    inputs: { host: { apiId, connectionName: 'rows', operationId: 'ListRows' }, parameters: {} },
    runAfter: {},
  };
  const path = {
    type: 'ApiConnection',
    inputs: {
      host: { connection: { name: "@parameters('$connections')['rows']['connectionId']" } },
      method: 'get',
      path: '/rows',
    },
  };
  const actions = {
    One: first,
    Some: { ...first, runtimeConfiguration: paged(3), runAfter: { One: ['Succeeded'] } },
    All: { ...path, runtimeConfiguration: paged(100), runAfter: { Some: ['Succeeded'] } },
    Count: {
      type: 'Response',
      inputs: {
        statusCode: 200,
        body: {
          one: "@body('One')?['value']",
          some: "@body('Some')?['value']",
          all: "@body('All')?['value']",
          link: "@contains(body('All'), '@odata.nextLink')",
        },
      },
      runAfter: { All: ['Succeeded'] },
    },
  };
  const flow = nameOf(
    await server.call('POST', '/providers/Microsoft.ProcessSimple/environments/~default/flows', {
      properties: {
        displayName: 'Rows',
        definition: flowOf(actions, { parameters: { $connections: { type: 'Object', defaultValue: {} } } }),
        connectionReferences: { rows: { connectionName: connection, id: apiId } },
      },
    }),
  );
  const { body: callback } = await server.call(
    'POST',
    `/providers/Microsoft.ProcessSimple/environments/~default/flows/${flow}/triggers/manual/listCallbackUrl`,
  );
  const url = new URL((callback as { readonly value: string }).value);
  const answer = await server.call('POST', url.pathname + url.search, {});
  expect([answer.status, answer.body]).toEqual([
    200,
    { one: [0, 1], some: [0, 1, 2, 3], all: [0, 1, 2, 3, 4, 5], link: false },
  ]);
  const skips = [undefined, undefined, 2, undefined, 2, 4];
  expect(server.upstream.received.map(({ target }) => target)).toEqual(
    skips.map((skip) => (skip === undefined ? '/v1/rows' : `/v1/rows?skip=${skip}`)),
  );
  const call = `/api/connections/${connection}/operations/ListRows/call`;
  const items = async (body: object) =>
    ((await server.call('POST', call, body)).body as { readonly body: object }).body;
  expect(await items({})).toMatchObject({ value: [0, 1] });
  expect(await items({ minimumItemCount: 3 })).toMatchObject({ value: [0, 1, 2, 3] });
  expect((await server.call('POST', call, { minimumItemCount: 0 })).status).toBe(400);
});

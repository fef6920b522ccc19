import { afterAll, beforeAll, expect, it } from 'vitest';
import { nameOf, powerApps, startThingsPlatform, type ThingsPlatform } from '../test-platform/start-things-platform.ts';
import { answerJson } from '../test-platform/upstream.ts';

const context: { things?: ThingsPlatform; connection?: string } = {};
const connection = 'fedcba9876543210fedcba9876543210';

const definition = (host: string) => ({
  swagger: '2.0',
  info: { title: 'Teams', version: '1' },
  host,
  schemes: ['http'],
  paths: {
    '/teams': {
      get: { operationId: 'ListTeams', parameters: [{ name: 'key', in: 'header', type: 'string' }], responses: {} },
    },
    '/shape': { get: { operationId: 'GetShape', responses: {} } },
    '/tasks': {
      post: {
        operationId: 'AddTask',
        parameters: [
          {
            name: 'team',
            in: 'query',
            type: 'string',
            'x-ms-dynamic-list': { operationId: 'ListTeams', itemValuePath: 'id', itemTitlePath: 'name' },
            'x-ms-dynamic-tree': {
              open: { operationId: 'ListTeams', itemValuePath: 'id', itemTitlePath: 'name', itemIsParent: 'true' },
            },
          },
          {
            name: 'body',
            in: 'body',
            schema: { type: 'object', 'x-ms-dynamic-properties': { operationId: 'GetShape' } },
          },
        ],
        responses: { 200: { description: '' } },
      },
    },
  },
});

beforeAll(async () => {
  const things = await startThingsPlatform(({ target }, response) => {
    if (target === '/teams') answerJson(response, 200, [{ id: 1, name: 'One' }]);
    else if (target === '/shape') answerJson(response, 200, { type: 'object' });
    else answerJson(response, 404, {});
  });
  const connector = nameOf(
    await things.call('POST', '/api/connectors/import', { definition: definition(things.upstream.host) }),
  );
  const put = `${powerApps}/apis/${connector}/connections/${connection}`;
  nameOf(await things.call('PUT', put, { properties: { displayName: 'Teams', connectionParameters: {} } }));
  Object.assign(context, { things });
});

afterAll(async () => {
  await context.things?.stop();
});

async function ask(path: string, body: object) {
  const { things } = context;
  if (things === undefined) throw new Error('not started');
  const before = things.upstream.received.length;
  const answer = await things.call('POST', `/api/connections/${connection}/operations/AddTask/${path}`, body);
  return { status: answer.status, body: answer.body, asked: things.upstream.received.length - before };
}

it('answers with what the API says can be chosen, and asks it once for all who ask the same', async () => {
  const found = { kind: 'found', choices: [{ value: 1, title: 'One', isSelectable: true }] };
  const answers = await Promise.all([1, 2, 3].map(() => ask('choices', { parameter: 'team' })));
  expect(answers.map(({ status, body }) => ({ status, body }))).toEqual(
    [1, 2, 3].map(() => ({ status: 200, body: found })),
  );
  expect(context.things?.upstream.received.length).toBe(1);
  expect(await ask('choices', { parameter: 'team' })).toEqual({ status: 200, body: found, asked: 0 });
  expect((await ask('choices', { parameter: 'team', parameters: { other: 1 } })).asked).toBe(1);
});

it('answers with a level of a tree, and with a schema', async () => {
  expect((await ask('nodes', { parameter: 'team' })).body).toEqual({
    kind: 'found',
    nodes: [{ value: 1, title: 'One', isParent: true, isSelectable: true, item: { id: 1, name: 'One' } }],
  });
  expect((await ask('schema', { place: { kind: 'input', path: 'body' } })).body).toEqual({
    kind: 'found',
    schema: { type: 'object' },
  });
  expect((await ask('schema', { place: { kind: 'output' } })).body).toEqual({ kind: 'none' });
});

it('says which parameter there is not', async () => {
  const { status, body } = await ask('choices', { parameter: 'nobody' });
  expect([status, body]).toMatchObject([400, { code: 'ParameterUnknown', detail: 'AddTask has no parameter nobody.' }]);
});

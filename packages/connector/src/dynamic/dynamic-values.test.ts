import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findOperation, type JsonValue, readConnector } from '@patchbay/definition';
import { createEgress } from '@patchbay/egress';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compile } from '../compile.ts';
import type { ParameterValues } from '../contract.ts';
import { dynamicSchema, dynamicTree, dynamicValues, type SchemaPlace } from './dynamic-values.ts';

const answers: { readonly [path: string]: JsonValue } = {
  '/teams': {
    next: null,
    value: [
      { id: 1, name: 'One', about: 'first' },
      { id: 2, name: 'Two', closed: false },
    ],
  },
  '/teams/1/members': [{ who: { id: 'a' }, title: 'Ada' }],
  '/colours': ['red', 'green'],
  '/files?root=1': {
    files: [
      { id: 'f', name: 'Docs', kind: 'folder' },
      { id: 'r', name: 'Read me', kind: 'file' },
    ],
  },
  '/files?in=f': { files: [{ id: 'g', name: 'Inner', kind: 'file' }] },
  '/shape/1': { schema: { type: 'object', properties: { a: { type: 'string' } } } },
  '/properties/1': { a: { type: 'integer' } },
};

const egress = createEgress();
const server = createServer((request, response) => {
  const answer = answers[request.url ?? ''];
  response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answer ?? { error: 'no such thing' }));
});
beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)));
afterAll(async () => {
  await egress.close();
  await new Promise((closed) => server.close(closed));
});

const dynamic = (name: string, value: object) => ({ type: 'string', [`x-ms-dynamic-${name}`]: value });
const query = (name: string, more: object) => ({ name, in: 'query', ...more });
const get = (operationId: string, parameters: readonly object[] = []) => ({
  get: { operationId, parameters, responses: { 200: { description: '', schema: {} } } },
});
const text = { type: 'string' };
const team = { name: 'team', in: 'path', required: true, type: 'string' };

const definition = {
  swagger: '2.0',
  info: { title: 'Teams', version: '1' },
  host: 'replaced',
  schemes: ['http'],
  paths: {
    '/teams': get('ListTeams'),
    '/teams/{team}/members': get('ListMembers', [team]),
    '/colours': get('ListColours'),
    '/files': get('ListFiles', [query('root', text), query('in', text)]),
    '/shape/{team}': get('GetShape', [team]),
    '/properties/{team}': get('GetProperties', [team]),
    '/gone': get('ListGone'),
    '/tasks': {
      post: {
        operationId: 'AddTask',
        parameters: [
          query(
            'team',
            dynamic('values', {
              operationId: 'ListTeams',
              'value-collection': 'value',
              'value-path': 'id',
              'value-title': 'name',
              'value-description': 'about',
              'value-selectable': 'closed',
            }),
          ),
          query(
            'who',
            dynamic('values', {
              operationId: 'ListMembers',
              parameters: { team: { parameter: 'team' } },
              'value-path': 'who/id',
              'value-title': 'title',
            }),
          ),
          query('colour', { type: 'array', items: dynamic('values', { operationId: 'ListColours' }) }),
          query('gone', dynamic('values', { operationId: 'ListGone' })),
          query('plain', text),
          query(
            'file',
            dynamic('tree', {
              settings: { canSelectParentNodes: false, canSelectLeafNodes: true },
              open: {
                operationId: 'ListFiles',
                itemsPath: 'files',
                itemValuePath: 'id',
                itemTitlePath: 'name',
                itemIsParent: '(kind eq folder)',
                parameters: { root: { value: 1 } },
              },
              browse: {
                operationId: 'ListFiles',
                itemsPath: 'files',
                itemValuePath: 'id',
                itemTitlePath: 'name',
                itemIsParent: '(kind eq folder)',
                parameters: { in: { selectedItemValuePath: 'id' } },
              },
            }),
          ),
          {
            name: 'body',
            in: 'body',
            schema: {
              type: 'object',
              'x-ms-dynamic-properties': {
                operationId: 'GetShape',
                itemValuePath: 'schema',
                parameters: { team: { parameterReference: 'team' } },
              },
              properties: {
                owner: {
                  type: 'object',
                  properties: {
                    team: text,
                    who: dynamic('list', {
                      operationId: 'ListMembers',
                      itemValuePath: 'who/id',
                      itemTitlePath: 'title',
                      parameters: { team: { parameterReference: 'body/owner/team' } },
                    }),
                  },
                },
              },
            },
          },
        ],
        responses: {
          200: {
            description: '',
            schema: {
              'x-ms-dynamic-schema': { operationId: 'GetProperties', parameters: { team: { parameter: 'team' } } },
            },
          },
        },
      },
    },
  },
};

function question(given: ParameterValues) {
  const { port } = server.address() as AddressInfo;
  const text = JSON.stringify({ ...definition, host: `127.0.0.1:${port}` });
  const { model } = readConnector({ definition: { name: 'def.json', content: text } });
  const operation = model && findOperation(model, 'AddTask');
  if (model === undefined || operation === undefined) throw new Error('not read');
  const options = { credential: { kind: 'none' as const }, egress, networkRules: { allow: ['loopback'] } };
  return { connector: compile(model), model, operation, given, options };
}

it('asks for the choices of a parameter', async () => {
  expect(await dynamicValues(question({}), 'team')).toEqual({
    kind: 'found',
    value: [
      { value: 1, title: 'One', description: 'first', isSelectable: true },
      { value: 2, title: 'Two', isSelectable: false },
    ],
  });
});

it('asks with what was chosen before, and waits for it', async () => {
  expect(await dynamicValues(question({}), 'who')).toEqual({ kind: 'waiting', missing: ['team'] });
  const found = { kind: 'found', value: [{ value: 'a', title: 'Ada', isSelectable: true }] };
  expect(await dynamicValues(question({ team: '1' }), 'who')).toEqual(found);
});

it('asks for the choices of a property in the body, whole or flattened', async () => {
  const found = { kind: 'found', value: [{ value: 'a', title: 'Ada', isSelectable: true }] };
  expect(await dynamicValues(question({ body: { owner: { team: '1' } } }), 'body/owner/who')).toEqual(found);
  expect(await dynamicValues(question({ 'body/owner/team': '1' }), 'body/owner/who')).toEqual(found);
  expect(await dynamicValues(question({}), 'body/owner/who')).toEqual({
    kind: 'waiting',
    missing: ['body/owner/team'],
  });
});

it('takes plain values for choices, also of the items of an array', async () => {
  expect(await dynamicValues(question({}), 'colour')).toEqual({
    kind: 'found',
    value: [
      { value: 'red', title: 'red', isSelectable: true },
      { value: 'green', title: 'green', isSelectable: true },
    ],
  });
});

it('opens a tree level by level', async () => {
  const roots = await dynamicTree(question({}), 'file');
  expect(roots).toEqual({
    kind: 'found',
    value: [
      {
        value: 'f',
        title: 'Docs',
        isParent: true,
        isSelectable: false,
        item: { id: 'f', name: 'Docs', kind: 'folder' },
      },
      {
        value: 'r',
        title: 'Read me',
        isParent: false,
        isSelectable: true,
        item: { id: 'r', name: 'Read me', kind: 'file' },
      },
    ],
  });
  expect(await dynamicTree(question({}), 'file', { id: 'f', name: 'Docs', kind: 'folder' })).toMatchObject({
    kind: 'found',
    value: [{ value: 'g', title: 'Inner' }],
  });
});

it.each<[string, SchemaPlace, JsonValue]>([
  ['an input, whole', { kind: 'input', path: 'body' }, { type: 'object', properties: { a: { type: 'string' } } }],
  [
    'an answer, by the map of its properties',
    { kind: 'output' },
    { type: 'object', properties: { a: { type: 'integer' } } },
  ],
])('asks for the schema of %s', async (_, place, expected) => {
  expect(await dynamicSchema(question({ team: '1' }), place)).toEqual({ kind: 'found', value: expected });
  expect(await dynamicSchema(question({}), place)).toEqual({ kind: 'waiting', missing: ['team'] });
});

it('says when there is nothing to ask, no such parameter, or no answer', async () => {
  expect(await dynamicValues(question({}), 'plain')).toEqual({ kind: 'none' });
  expect(await dynamicTree(question({}), 'team')).toEqual({ kind: 'none' });
  await expect(dynamicValues(question({}), 'other')).rejects.toThrow('AddTask has no parameter other.');
  await expect(dynamicValues(question({}), 'gone')).rejects.toThrow(
    'ListGone answered 404, so there is nothing to choose from: {"error":"no such thing"}',
  );
});

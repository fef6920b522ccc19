import { type JsonObject, readConnector } from '@patchbay/definition';
import { createEgress } from '@patchbay/egress';
import { expect, it } from 'vitest';
import { callOperations } from './call-operations.ts';
import { startConnectorMock } from './connector-mock.ts';

const ok = { 200: { description: 'Good', schema: { type: 'object', example: { id: 7 } } } };
const place = { name: 'team id', in: 'path', required: true, type: 'string' };
const body = { name: 'note', in: 'body', required: true, schema: { $ref: '#/definitions/Note' } };

function definitionOf(operations: { readonly [path: string]: JsonObject }, more: JsonObject = {}): JsonObject {
  return {
    swagger: '2.0',
    info: { title: 'Notes', version: '1' },
    host: 'notes.test',
    basePath: '/v1',
    produces: ['application/json'],
    securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'x-key' } },
    security: [{ key: [] }],
    paths: Object.fromEntries(Object.entries(operations).map(([path, post]) => [path, { post }])),
    definitions: { Note: { type: 'object', required: ['text'], properties: { text: { type: 'string' } } } },
    ...more,
  };
}

function policy(templateId: string, parameters: JsonObject): JsonObject {
  const given = Object.entries(parameters).map(([name, value]) => [`x-ms-apimTemplateParameter.${name}`, value]);
  return { templateId, title: templateId, parameters: Object.fromEntries(given) };
}

/** Calls a connector before a mock of its definition, or of another one, and tells what is not accepted. */
async function call(definition: JsonObject, policies: readonly JsonObject[] = [], mocked = definition) {
  const properties = {
    connectionParameters: { key: { type: 'securestring' }, site: { type: 'string' } },
    policyTemplateInstances: policies,
  };
  const { model } = readConnector({
    definition: { name: 'd', content: JSON.stringify(definition) },
    properties: { name: 'p', content: JSON.stringify({ properties }) },
  });
  const mock = await startConnectorMock(mocked, {});
  if (model === undefined || mock instanceof Error) throw new Error('not read');
  const egress = createEgress();
  try {
    const calls = await callOperations(model, mock, egress);
    return calls.map(({ problems, why }) => (why === undefined ? problems : { why }));
  } finally {
    await mock.close();
    await egress.close();
  }
}

const add = { operationId: 'Add', parameters: [place, body], responses: ok };

it('accepts a call as it is described, also where the definition leaves something open', async () => {
  expect(await call(definitionOf({ '/teams/{team id}/notes?kind=a': add }))).toEqual([[], []]);
});

it('accepts a call where its policies lead it', async () => {
  const policies = [
    policy('dynamichosturl', { urlTemplate: "https://@connectionParameters('site').test/deep/er" }),
    policy('routerequesttoendpoint', { newPath: '/t/{team id}/n', httpMethod: 'PUT' }),
    policy('setheader', { name: 'x-key', value: "Key @headers('x-key')" }),
    policy('setproperty', {
      newPropertyParentPathTemplate: '@body()',
      newPropertySubPathTemplate: 'text',
      propertyValuePathTemplate: '["a"]',
    }),
  ];
  expect(await call(definitionOf({ '/teams/{team id}/notes': add }), policies)).toEqual([[], []]);
});

it('does not accept what another definition describes', async () => {
  const sent = definitionOf({ '/teams/{team id}/notes': add });
  const stricter = { Note: { type: 'object', required: ['text', 'title'], properties: { text: { type: 'integer' } } } };
  const problems = ["Request body must have required property 'title'", 'Request body property text must be integer'];
  expect(await call(sent, [], { ...sent, definitions: stricter })).toEqual([problems, problems]);
  const elsewhere = definitionOf({ '/teams/{team id}/memos': add });
  const noRoute = ['Route not resolved, no resource provided'];
  expect(await call(sent, [], elsewhere)).toEqual([noRoute, noRoute]);
});

it('explains what contradicts itself, and nothing else', async () => {
  const text = { type: 'string', enum: ['medium'], pattern: '^[0-9]+$' };
  const contradictory = { Note: { type: 'object', required: ['size'], properties: { size: text } } };
  const definition = definitionOf({ '/teams/{team id}/notes': add }, { definitions: contradictory });
  const why =
    'the definition contradicts itself: type, choices, pattern and format of a value leave none that all of them allow';
  expect(await call(definition)).toEqual([{ why }, { why }]);
});

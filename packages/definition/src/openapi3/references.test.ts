import { expect, it } from 'vitest';
import { readConnector } from '../read-connector.ts';
import { brief, type Members, readDocument, readOperation } from './test-document/read-document.ts';

const text = { type: 'string' };

/** The model of the schema `It` beside others. */
function readSchema(it: unknown, others: Members = {}, openapi = '3.1.1') {
  const read = readDocument({ openapi, webhooks: {}, components: { schemas: { It: it as Members, ...others } } });
  return { schema: read.model.schemas.get('It'), schemas: read.model.schemas, said: brief(read) };
}

it.each<[string, unknown, object]>([
  ['a nullable type', { type: 'string', nullable: true }, { kind: 'string', nullable: true }],
  ['a list of types', { type: ['string', 'null'] }, { kind: 'string', nullable: true }],
  [
    'several types',
    { type: ['string', 'integer'] },
    { kind: 'anyOf', members: [{ kind: 'string' }, { kind: 'integer' }] },
  ],
  [
    'something or null',
    { anyOf: [text, { type: 'null' }], title: 'T' },
    { kind: 'string', title: 'T', nullable: true },
  ],
  [
    'one of several or null',
    { oneOf: [text, { type: 'integer' }, { type: 'null' }] },
    { kind: 'oneOf', members: [{ kind: 'string' }, { kind: 'integer' }], nullable: true },
  ],
  ['a constant', { const: 'a' }, { kind: 'any', enum: ['a'] }],
  ['any value', true, { kind: 'any' }],
  ['no value', false, { kind: 'any', constraints: { not: {} } }],
  [
    'what a value is not',
    { type: 'string', not: { enum: ['x'] } },
    { kind: 'string', constraints: { not: { enum: ['x'] } } },
  ],
  [
    'base64',
    { type: 'string', contentEncoding: 'base64' },
    { kind: 'string', format: 'byte', constraints: { contentEncoding: 'base64' } },
  ],
  [
    'a reference with a description',
    { $ref: '#/components/schemas/Other', description: 'D' },
    { kind: 'reference', name: 'Other', description: 'D' },
  ],
  [
    'a reference with more of a shape',
    { $ref: '#/components/schemas/Other', required: ['a'] },
    {
      kind: 'allOf',
      members: [{ kind: 'reference', name: 'Other' }, { kind: 'any' }],
    },
  ],
  [
    'a discriminator',
    {
      oneOf: [{ $ref: '#/components/schemas/Other' }],
      discriminator: { propertyName: 'k', mapping: { o: '#/components/schemas/Other' } },
    },
    {
      kind: 'oneOf',
      members: [{ kind: 'reference', name: 'Other' }],
      discriminator: { propertyName: 'k', mapping: new Map([['o', 'Other']]) },
    },
  ],
])('reads %s', (_, schema, expected) => {
  expect(readSchema(schema, { Other: text }).schema).toEqual(expected);
});

it('leaves out what stands beside a reference in OpenAPI 3.0, but for words', () => {
  const { schema } = readSchema(
    { $ref: '#/components/schemas/Other', properties: { a: text } },
    { Other: text },
    '3.0.3',
  );
  expect(schema).toEqual({ kind: 'reference', name: 'Other' });
});

it.each<[string, Members, Members]>([
  ['an anchor', { $ref: '#there' }, { Other: { $anchor: 'there', ...text } }],
  ['a dynamic anchor', { $dynamicRef: '#there' }, { Other: { $dynamicAnchor: 'there', ...text } }],
  ['an identifier', { $ref: 'https://schemas.test/other' }, { Other: { $id: 'https://schemas.test/other', ...text } }],
  [
    'an identifier relative to another',
    { $id: 'https://schemas.test/it', $ref: 'other' },
    { Other: { $id: 'https://schemas.test/other', ...text } },
  ],
  [
    'an anchor of an identified schema',
    { $ref: 'https://schemas.test/other#there' },
    { Other: { $id: 'https://schemas.test/other', $anchor: 'there', ...text } },
  ],
  [
    'a definition of its own',
    { $id: 'https://schemas.test/it', $ref: '#/$defs/Own', $defs: { Own: { $ref: 'other' } } },
    { Other: { $id: 'https://schemas.test/other', ...text } },
  ],
  [
    'a pointer from an identified schema into the document',
    { $id: 'https://schemas.test/it', $ref: '#/components/schemas/Other' },
    { Other: text },
  ],
])('follows %s', (_, schema, others) => {
  const { schemas, said } = readSchema(schema, others);
  let found = schemas.get('It');
  while (found?.kind === 'reference') found = schemas.get(found.name);
  expect([found?.kind, said]).toEqual(['string', []]);
});

it('follows references to everything that can have one', () => {
  const components = {
    pathItems: {
      X: {
        post: {
          operationId: 'Send',
          parameters: [{ $ref: '#/components/parameters/Q' }],
          responses: { 200: { $ref: '#/components/responses/R' } },
          callbacks: { c: { $ref: '#/components/callbacks/C' } },
        },
      },
    },
    parameters: {
      Q: { $ref: '#/components/parameters/Real' },
      Real: { name: 'q', in: 'query', schema: text, examples: { a: { $ref: '#/components/examples/E' } } },
    },
    responses: {
      R: {
        description: 'R',
        content: { 'application/json': { $ref: '#/components/mediaTypes/M' } },
        links: { l: { $ref: '#/components/links/L' } },
      },
    },
    mediaTypes: { M: { schema: text } },
    callbacks: { C: { '{$request.query.q}': { $ref: '#/components/pathItems/Called' } } },
    examples: { E: { value: 'a' } },
    links: { L: { operationId: 'Send' } },
  };
  const called = { ...components, pathItems: { ...components.pathItems, Called: { post: { responses: {} } } } };
  const read = readDocument({
    openapi: '3.2.0',
    paths: { '/x': { $ref: '#/components/pathItems/X', summary: 'S' } },
    components: called,
  });
  const [operation] = read.model.operations;
  expect([
    operation?.summary,
    operation?.parameters[0]?.schema,
    operation?.responses[0]?.schema,
    read.model.webhooks[0]?.subscription,
  ]).toEqual([
    'S',
    { kind: 'string', constraints: { example: 'a' } },
    { kind: 'string' },
    { operationId: 'Send', in: 'query', path: ['q'] },
  ]);
});

it('says which references lead nowhere, and reads the rest', () => {
  const read = readOperation(
    {
      parameters: [
        { $ref: '#/components/parameters/None' },
        { $ref: '#/components/parameters/Loop' },
        { $ref: 'other.json#/Q' },
      ],
      requestBody: { $ref: '#/components/requestBodies/None' },
      callbacks: { c: { $ref: '#/none' } },
      responses: { 200: { $ref: '#/none' }, 204: { description: 'Done' } },
    },
    { components: { parameters: { Loop: { $ref: '#/components/parameters/Loop' } } } },
  );
  expect(read.operation.responses.map((one) => one.status)).toEqual(['204']);
  expect(brief(read).map((line) => line.split(' ')[1])).toEqual(
    expect.arrayContaining(['reference-not-found', 'reference-loop', 'reference-external']),
  );
});

it('reads a document of several files, whose parts refer to each other and to themselves', () => {
  const root = {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    servers: [{ url: 'https://api.test' }],
    paths: { '/x': { $ref: 'paths/x.json' } },
    components: { schemas: { Root: text } },
  };
  const path = {
    get: {
      operationId: 'Get',
      parameters: [{ $ref: './shared.json#/q' }],
      responses: {
        200: { description: 'D', content: { 'application/json': { schema: { $ref: '../schemas/Node.json' } } } },
      },
    },
  };
  const file = (name: string, content: unknown) => ({ name, content: JSON.stringify(content) });
  const { model, findings } = readConnector({
    definition: file('api.json', root),
    others: [
      file('paths/x.json', path),
      file('paths/shared.json', {
        q: { name: 'q', in: 'query', schema: { $ref: '../api.json#/components/schemas/Root' } },
      }),
      file('schemas/Node.json', { type: 'object', properties: { next: { $ref: '#' } } }),
    ],
  });
  expect(findings).toEqual([]);
  expect(model?.operations[0]?.parameters[0]?.schema).toEqual({ kind: 'reference', name: 'Root' });
  expect(model?.operations[0]?.responses[0]?.schema).toEqual({ kind: 'reference', name: 'Node' });
  expect(model?.schemas.get('Node')).toEqual({
    kind: 'object',
    properties: new Map([['next', { kind: 'reference', name: 'Node' }]]),
    required: [],
    additionalProperties: true,
  });
});

it('reads schemas that refer to each other in a chain of any length', () => {
  const schemas = Object.fromEntries(
    Array.from({ length: 30_000 }, (_, index) => [
      `S${index}`,
      { type: 'object', properties: { next: { $ref: `#/components/schemas/S${index + 1}` } } },
    ]),
  );
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/S0' } } };
  const { model } = readConnector({
    definition: {
      name: 'api.json',
      content: JSON.stringify({
        openapi: '3.1.0',
        info: { title: 'T', version: '1' },
        paths: {
          '/x': {
            post: { operationId: 'A', requestBody: { content }, responses: { 200: { description: 'D', content } } },
          },
        },
        components: { schemas },
      }),
    },
  });
  expect(model?.schemas.size).toBe(30_000);
});

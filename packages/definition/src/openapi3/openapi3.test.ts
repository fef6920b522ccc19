import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readConnector } from '../read-connector.ts';
import { brief, readDocument, readOperation } from './test-document/read-document.ts';

const text = { type: 'string' };
const responses = { 204: { description: 'Done' } };

it('reads parameters of the path and of the operation, with the vocabulary of the ecosystem beside the schema or in it', () => {
  const { model } = readDocument({
    paths: {
      '/x/{id}': {
        'x-of-path': 1,
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'integer' }, 'x-ms-url-encoding': 'double' },
          { name: 'X-Who', in: 'header', schema: text },
          { name: 'page', in: 'query', schema: text },
        ],
        get: {
          operationId: 'Get',
          'x-ms-visibility': 'important',
          deprecated: true,
          tags: ['a'],
          parameters: [
            {
              name: 'x-who',
              in: 'header',
              description: 'Who asks',
              deprecated: true,
              schema: { ...text, default: 'me' },
            },
            { name: 'page', in: 'cookie', schema: text },
            {
              name: 'of',
              in: 'query',
              'x-ms-summary': 'Of',
              'x-ms-dynamic-values': { operationId: 'List' },
              schema: { type: 'array', items: text, 'x-ms-visibility': 'advanced', 'x-ms-test-value': ['a'] },
              example: ['b'],
            },
          ],
          responses,
        },
      },
    },
  });
  const [operation] = model.operations;
  const common = {
    required: false,
    urlEncoding: 'single',
    description: '',
    visibility: 'normal',
    allowEmptyValue: false,
    extensions: {},
  };
  expect(operation?.parameters).toEqual([
    {
      ...common,
      name: 'id',
      in: 'path',
      required: true,
      urlEncoding: 'double',
      summary: 'id',
      schema: { kind: 'integer' },
      pointer: '/paths/~1x~1{id}/parameters/0',
    },
    {
      ...common,
      name: 'page',
      in: 'query',
      summary: 'page',
      schema: { kind: 'string' },
      pointer: '/paths/~1x~1{id}/parameters/2',
    },
    {
      ...common,
      name: 'x-who',
      in: 'header',
      summary: 'x-who',
      description: 'Who asks',
      deprecated: true,
      schema: { kind: 'string', default: 'me' },
      default: 'me',
      pointer: '/paths/~1x~1{id}/get/parameters/0',
    },
    {
      ...common,
      name: 'page',
      in: 'cookie',
      summary: 'page',
      schema: { kind: 'string' },
      pointer: '/paths/~1x~1{id}/get/parameters/1',
    },
    {
      ...common,
      name: 'of',
      in: 'query',
      summary: 'Of',
      visibility: 'advanced',
      schema: { kind: 'array', items: { kind: 'string' }, constraints: { example: ['b'] } },
      collectionFormat: 'multi',
      extensions: { 'x-ms-test-value': ['a'], 'x-ms-dynamic-values': { operationId: 'List' } },
      pointer: '/paths/~1x~1{id}/get/parameters/2',
    },
  ]);
  expect([operation?.visibility, operation?.deprecated, operation?.tags, operation?.pathExtensions]).toEqual([
    'important',
    true,
    ['a'],
    { 'x-of-path': 1 },
  ]);
});

it('says which styles do not fit, and what it read instead', () => {
  const read = readOperation({ parameters: [{ name: 'a', in: 'query', style: 'matrix', schema: text }] });
  expect(read.operation.parameters[0]?.style).toBeUndefined();
  expect(read.findings.map((one) => one.code)).toContain('parameter-style');
});

it('reads what OpenAPI 3.2 adds: methods, tags, and the whole query string', () => {
  const { model } = readDocument({
    openapi: '3.2.0',
    tags: [{ name: 'a', summary: 'A', parent: 'b', kind: 'nav' }],
    paths: {
      '/x': {
        query: { operationId: 'Q', responses },
        additionalOperations: { COPY: { operationId: 'C', responses }, 'NOT VALID': { responses } },
        get: {
          operationId: 'G',
          parameters: [
            { name: 'q', in: 'querystring', content: { 'application/json': { schema: { type: 'object' } } } },
          ],
          responses,
        },
      },
    },
  });
  expect(model.tags).toEqual([{ name: 'a', description: '', summary: 'A', parent: 'b', kind: 'nav' }]);
  expect(model.operations.map(({ operationId, method }) => `${operationId} ${method}`)).toEqual([
    'Q query',
    'G get',
    'C copy',
  ]);
  expect(model.operations[1]?.parameters[0]).toMatchObject({
    in: 'query',
    style: { kind: 'querystring', mediaType: 'application/json' },
  });
});

it.each([
  ['3.0.4', []],
  ['3.2.0', []],
  ['4.0.0', ['openapi-version']],
  [3, ['openapi-version']],
])('reads the version %s', (openapi, said) => {
  const read = readDocument({ openapi, webhooks: {} });
  expect(read.findings.map((one) => one.code)).toEqual(said);
});

it('says that a document without paths and webhooks has nothing to call', () => {
  expect(brief(readDocument({ paths: {} }))).toContain('error paths-missing /paths');
});

const names = [
  '$ref',
  'schema',
  'content',
  'items',
  'properties',
  'allOf',
  'oneOf',
  'type',
  'required',
  'parameters',
  'requestBody',
  'responses',
  'callbacks',
  'servers',
  'variables',
  'encoding',
  'examples',
  'security',
  'name',
  'in',
  'style',
  'explode',
  'headers',
  'links',
  'url',
  'get',
  'post',
  '$id',
  '$anchor',
  '$dynamicRef',
  'itemSchema',
  'flows',
  'default',
  'enum',
  'discriminator',
  '/x',
  '200',
  'application/json',
  'multipart/form-data',
  '{$request.body#/url}',
  '__proto__',
  'constructor',
];
const leaf = fc.oneof(
  fc.constantFrom(
    '#',
    '#/components/schemas/A',
    '#/paths/~1x',
    '#/components/parameters/P',
    '#a',
    'https://a.test/b',
    'other.json',
    'object',
    'array',
    'string',
    'query',
    'path',
    'cookie',
    'querystring',
    'deepObject',
    'matrix',
    '{a}',
    '%',
    '\uD800',
    '\u0000',
  ),
  fc.boolean(),
  fc.constant(null),
  fc.double(),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 8, depthSize: 'large' },
    leaf,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...names), tie('tree'), { maxKeys: 6 }),
  ),
}));

it('never throws, whatever stands where', () => {
  const schemas = fc.record({ A: tree, B: tree });
  const components = fc.record({
    schemas,
    parameters: fc.record({ P: tree }),
    securitySchemes: fc.record({ S: tree }),
    responses: tree,
    pathItems: tree,
  });
  const operation = fc.record(
    {
      parameters: fc.array(tree, { maxLength: 3 }),
      requestBody: tree,
      responses: fc.dictionary(fc.constantFrom('200', 'default'), tree),
      callbacks: fc.record({ c: tree }),
      servers: tree,
      security: tree,
    },
    { requiredKeys: [] },
  );
  const paths = fc.record({
    '/x': fc.oneof(
      tree,
      fc.record({ get: operation, post: operation, parameters: tree, servers: tree }, { requiredKeys: [] }),
    ),
  });
  const root = fc.record(
    { paths, components, servers: fc.array(tree, { maxLength: 2 }), webhooks: tree, security: tree, tags: tree },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(root, fc.constantFrom('3.0.3', '3.1.0', '3.2.0'), (members, openapi) => {
      const document = { openapi, info: {}, ...members };
      const { model } = readConnector({ definition: { name: 'a', content: JSON.stringify(document) } });
      expect(model).toBeDefined();
    }),
    { seed: 3, numRuns: 300 },
  );
});

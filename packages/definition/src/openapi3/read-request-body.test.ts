import { expect, it } from 'vitest';
import { brief, type Members, readOperation } from './test-document/read-document.ts';

const text = { type: 'string' };

it.each<[string, Members, readonly string[], readonly string[]]>([
  [
    'JSON before all else',
    { 'text/plain': { schema: text }, 'application/json': { schema: text } },
    ['application/json', 'text/plain'],
    [],
  ],
  [
    'JSON by its suffix',
    { 'application/xml': {}, 'application/vnd.a+json; v=1': {} },
    ['application/vnd.a+json; v=1', 'application/xml'],
    [],
  ],
  ['any type as JSON', { '*/*': {} }, ['application/json'], []],
  ['a range of types as JSON', { 'application/*': {} }, ['application/json'], []],
  ['a range of texts as text', { 'text/*': {} }, ['text/plain'], []],
  ['the first type else', { 'image/png': {}, 'image/jpeg': {} }, ['image/png', 'image/jpeg'], []],
  [
    'one shape of several',
    {
      'application/xml': { schema: text },
      'application/json': { schema: { type: 'object' } },
      'text/csv': { schema: text },
    },
    ['application/json'],
    [
      'lost media-type-not-carried /paths/~1x/post/requestBody/content/application~1xml',
      'lost media-type-not-carried /paths/~1x/post/requestBody/content/text~1csv',
    ],
  ],
])('reads a body as %s', (_, content, consumes, said) => {
  const read = readOperation({ requestBody: { content } });
  expect(read.operation.consumes).toEqual(consumes);
  expect(brief(read)).toEqual(said);
});

it('reads a body that stands elsewhere, with its labels, its example and its name', () => {
  const { operation } = readOperation(
    { requestBody: { $ref: '#/components/requestBodies/Loan' } },
    {
      components: {
        requestBodies: {
          Loan: {
            'x-ms-requestBody-name': 'loan',
            'x-ms-summary': 'Loan',
            'x-ms-visibility': 'advanced',
            'x-note': 1,
            description: 'What is lent',
            required: true,
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Loan' },
                examples: { one: { value: { id: 1 } } },
              },
            },
          },
        },
        schemas: { Loan: { type: 'object', default: { id: 0 } } },
      },
    },
  );
  expect(operation.body).toEqual({
    name: 'loan',
    required: true,
    schema: { kind: 'reference', name: 'Loan', constraints: { example: { id: 1 } } },
    summary: 'Loan',
    description: 'What is lent',
    visibility: 'advanced',
    default: { id: 0 },
    extensions: { 'x-note': 1 },
    pointer: '/components/requestBodies/Loan',
  });
});

it('keeps the name of the body apart from those of the parameters', () => {
  const { operation } = readOperation({
    parameters: [{ name: 'body', in: 'query', schema: text }],
    requestBody: { content: { 'application/json': {} } },
  });
  expect(operation.body?.name).toBe('body2');
});

const form = (schema: Members, more: Members = {}): Members => ({
  requestBody: { required: true, content: { 'multipart/form-data': { schema, ...more } } },
});

it('reads the fields of a form as parameters', () => {
  const { operation } = readOperation(
    form(
      {
        allOf: [
          { $ref: '#/components/schemas/Base' },
          {
            type: 'object',
            required: ['photo'],
            properties: {
              photo: {
                type: 'string',
                format: 'binary',
                description: 'A picture',
                'x-ms-summary': 'Photo',
                'x-kind': 1,
              },
              tags: { type: 'array', items: text },
              place: { type: 'object' },
              kind: { $ref: '#/components/schemas/Kind' },
              id: { type: 'integer', readOnly: true },
            },
          },
        ],
      },
      {
        encoding: {
          photo: {
            contentType: 'image/png',
            headers: { 'X-Side': { $ref: '#/components/headers/Side' }, 'X-Who': { schema: text } },
          },
          tags: { style: 'form', explode: false },
        },
      },
    ),
    {
      components: {
        headers: { Side: { schema: { type: 'string', default: 'front' } } },
        schemas: {
          Base: { type: 'object', properties: { name: text } },
          Kind: { type: 'string', enum: ['a'], default: 'a' },
        },
      },
    },
  );
  const common = {
    in: 'formData',
    required: false,
    urlEncoding: 'single',
    description: '',
    visibility: 'normal',
    allowEmptyValue: false,
    extensions: {},
    pointer: '/paths/~1x/post/requestBody/content/multipart~1form-data',
  };
  expect(operation.parameters).toEqual([
    { ...common, name: 'name', summary: 'name', schema: { kind: 'string' } },
    {
      ...common,
      name: 'photo',
      required: true,
      summary: 'Photo',
      description: 'A picture',
      schema: { kind: 'file' },
      part: {
        contentType: 'image/png',
        headers: [{ name: 'X-Side', description: '', schema: { kind: 'string', default: 'front' } }],
      },
      extensions: { 'x-kind': 1 },
    },
    {
      ...common,
      name: 'tags',
      summary: 'tags',
      schema: { kind: 'array', items: { kind: 'string' } },
      collectionFormat: 'csv',
    },
    {
      ...common,
      name: 'place',
      summary: 'place',
      schema: { kind: 'object', properties: new Map(), required: [], additionalProperties: true },
      style: { kind: 'content', mediaType: 'application/json' },
      part: { contentType: 'application/json', headers: [] },
    },
    { ...common, name: 'kind', summary: 'kind', schema: { kind: 'reference', name: 'Kind' }, default: 'a' },
  ]);
  expect(operation.consumes).toEqual(['multipart/form-data']);
});

it.each<[string, Members, readonly string[]]>([
  [
    'form fields that are not named',
    form({ type: 'object', properties: { a: text }, additionalProperties: text }),
    ['lost form-fields-not-carried'],
  ],
  [
    'headers of parts without a value',
    form({ type: 'object', properties: { a: text } }, { encoding: { a: { headers: { 'X-Who': { schema: text } } } } }),
    ['lost part-header-not-carried'],
  ],
  [
    'how parts without a name are written',
    { requestBody: { content: { 'multipart/mixed': { itemSchema: {}, itemEncoding: {} } } } },
    ['lost part-encoding-not-carried', 'lost item-schema-not-carried'],
  ],
  [
    'further examples',
    { requestBody: { content: { 'text/plain': { examples: { a: { value: 1 }, b: { value: 2 } } } } } },
    ['lost examples-not-carried'],
  ],
  ['a body without a media type', { requestBody: { content: {} } }, ['warning body-without-content']],
  [
    'two places for one name',
    { parameters: [{ name: 'a', in: 'query', schema: text }], ...form({ type: 'object', properties: { a: text } }) },
    ['warning parameter-name-shared'],
  ],
])('says what of a body is not carried: %s', (_, operation, said) => {
  expect(brief(readOperation(operation, { openapi: '3.2.0' })).map((line) => line.replace(/ \/.*/, ''))).toEqual(said);
});

it.each<[unknown, boolean]>([
  [true, true],
  [undefined, true],
  [false, false],
])('asks for the required fields of a form unless the form itself is optional: %s', (required, expected) => {
  const schema = { type: 'object', required: ['a'], properties: { a: text } };
  const requestBody = {
    content: { 'application/x-www-form-urlencoded': { schema } },
    ...(typeof required === 'boolean' && { required }),
  };
  expect(readOperation({ requestBody }).operation.parameters.map((one) => one.required)).toEqual([expected]);
});

it('reads a form of which it is not said which fields it has as a whole', () => {
  const { operation } = readOperation(
    form({ oneOf: [{ type: 'object', properties: { a: text } }, { type: 'object' }] }),
  );
  expect([operation.body?.name, operation.parameters, operation.consumes]).toEqual([
    'body',
    [],
    ['multipart/form-data'],
  ]);
});

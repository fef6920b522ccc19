import { expect, it } from 'vitest';
import { brief, type Members, readOperation } from './test-document/read-document.ts';

const text = { type: 'string' };
const answer = (content: Members): Members => ({ description: 'Done', content });

it('reads responses with their headers, examples and ranges', () => {
  const read = readOperation(
    {
      responses: {
        200: { $ref: '#/components/responses/Done', description: 'The loan' },
        '4xx': answer({ 'application/problem+json': { schema: { type: 'object' } } }),
        default: { summary: 'Anything else' },
        'x-note': 1,
      },
    },
    {
      openapi: '3.2.0',
      components: {
        responses: {
          Done: {
            description: 'Done',
            headers: {
              'X-Rate': { $ref: '#/components/headers/Rate' },
              'X-List': { content: { 'text/csv': { schema: text } } },
            },
            content: { 'text/csv': { schema: text }, 'application/json': { schema: text, example: 'x' } },
            links: { next: { operationId: 'Send' } },
          },
        },
        headers: { Rate: { description: 'Calls left', required: true, schema: { type: 'integer' } } },
      },
    },
  );
  expect(read.operation.responses).toEqual([
    {
      status: '200',
      description: 'The loan',
      schema: { kind: 'string' },
      headers: [
        { name: 'X-Rate', description: 'Calls left', schema: { kind: 'integer' } },
        { name: 'X-List', description: '', schema: { kind: 'string' } },
      ],
      examples: { 'application/json': 'x' },
      extensions: {},
    },
    {
      status: '4XX',
      description: 'Done',
      schema: { kind: 'object', properties: new Map(), required: [], additionalProperties: true },
      headers: [],
      extensions: {},
    },
    { status: 'default', description: 'Anything else', headers: [], extensions: {} },
  ]);
  expect(read.operation.produces).toEqual(['application/json', 'text/csv']);
  expect(read.operation.responsesExtensions).toEqual({ 'x-note': 1 });
  expect(brief(read)).toEqual(['lost links-not-carried /components/responses/Done/links']);
});

it.each<[string, Members, readonly string[]]>([
  ['of the good answers', { 200: answer({ 'text/csv': {} }), 400: answer({ 'application/json': {} }) }, ['text/csv']],
  [
    'of the usual answer where that is all there is',
    { default: answer({ 'text/csv': {} }), 400: answer({ 'a/b': {} }) },
    ['text/csv'],
  ],
  [
    'of none where a good answer is empty',
    { 204: { description: 'Done' }, default: answer({ 'application/json': {} }) },
    [],
  ],
  ['of several answers', { '2XX': answer({ '*/*': {} }), 302: answer({ 'text/html': {} }) }, ['*/*']],
])('asks for the media types %s', (_, responses, produces) => {
  expect(readOperation({ responses }).operation.produces).toEqual(produces);
});

it('reads JSON values that follow one another as a list', () => {
  const content = { 'application/jsonl': { itemSchema: text } };
  const { operation } = readOperation({ responses: { 200: answer(content) } }, { openapi: '3.2.0' });
  expect(operation.responses[0]?.schema).toEqual({ kind: 'array', items: { kind: 'string' } });
});

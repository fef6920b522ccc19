import { type JsonValue, readConnector } from '@patchbay/definition';
import { expect, it } from 'vitest';
import { compile } from './compile.ts';

type Members = { readonly [name: string]: JsonValue };

/** The body that an operation of OpenAPI 3 sends, with a multipart form's boundary written as `--`. */
function send(content: Members, given: Members): { readonly type: string; readonly body: string } {
  const document = {
    openapi: '3.1.1',
    info: { title: 'Forms', version: '1' },
    servers: [{ url: 'https://api.test' }],
    paths: {
      '/x': { post: { operationId: 'Send', requestBody: { required: true, content }, responses: { 204: {} } } },
    },
  };
  const { model } = readConnector({ definition: { name: 'api.json', content: JSON.stringify(document) } });
  if (model === undefined) throw new Error('not read');
  const { headers, body = '' } = compile(model).operation('Send').bind(given);
  const [type = '', boundary] = (headers['content-type'] ?? 'none').split('; boundary=');
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  return {
    type,
    body: boundary === undefined ? text : text.replaceAll(`--${boundary}`, '--').replaceAll('\r\n', '\n'),
  };
}

const address = { type: 'object', properties: { street: { type: 'string' }, city: { type: 'string' } } };
const places = { street: '1 Main', city: 'X' };
const list = { type: 'array', items: { type: 'string' } };

it.each<[string, Members, JsonValue, string]>([
  ['an object as JSON', {}, places, 'address=%7B%22street%22%3A%221+Main%22%2C%22city%22%3A%22X%22%7D'],
  [
    'an object with brackets',
    { style: 'deepObject', explode: true },
    { a: { b: ['c'] } },
    'address%5Ba%5D%5Bb%5D%5B0%5D=c',
  ],
  ['an object by members', { style: 'form' }, places, 'street=1+Main&city=X'],
  ['an object in one value', { explode: false }, places, 'address=street%2C1+Main%2Ccity%2CX'],
  ['reserved characters as they are', { allowReserved: true, explode: false }, { a: '/b&c' }, 'address=a,/b%26c'],
])('writes in a URL-encoded form %s', (_, encoding, value, expected) => {
  const schema = { type: 'object', properties: { address } };
  const media = { schema, ...(Object.keys(encoding).length > 0 && { encoding: { address: encoding } }) };
  expect(send({ 'application/x-www-form-urlencoded': media }, { address: value })).toEqual({
    type: 'application/x-www-form-urlencoded',
    body: expected,
  });
});

it.each<[string, Members, string]>([
  ['repeated', {}, 'tags=a+b&tags=c'],
  ['with commas', { style: 'form', explode: false }, 'tags=a+b%2Cc'],
  ['with bars', { style: 'pipeDelimited', explode: false }, 'tags=a+b%7Cc'],
  ['by index', { style: 'deepObject', explode: true }, 'tags%5B0%5D=a+b&tags%5B1%5D=c'],
])('writes a list in a URL-encoded form %s', (_, encoding, expected) => {
  const media = { schema: { type: 'object', properties: { tags: list } }, encoding: { tags: encoding } };
  expect(send({ 'application/x-www-form-urlencoded': media }, { tags: ['a b', 'c'] }).body).toBe(expected);
});

it('writes each part of a multipart form as its schema and encoding say', () => {
  const schema = {
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'integer' },
      address,
      tags: list,
      places: { type: 'array', items: address },
      photo: { type: 'string', format: 'binary' },
      pages: { type: 'array', items: { type: 'string', contentMediaType: 'application/pdf' } },
      note: { type: 'string' },
      written: { type: 'string', readOnly: true },
    },
  };
  const encoding = {
    photo: {
      contentType: 'image/*, image/png, image/jpeg',
      headers: {
        'X-Kind': { schema: { type: 'string', const: 'front' } },
        'Content-Type': { schema: { type: 'string' } },
      },
    },
    note: { contentType: 'text/markdown' },
  };
  const file = (text: string, type?: string) => ({
    $content: Buffer.from(text).toString('base64'),
    ...(type !== undefined && { '$content-type': type, $filename: 'page.pdf' }),
  });
  const given = {
    id: 7,
    address: places,
    tags: ['a', 'b'],
    places: [places],
    photo: file('PHOTO'),
    pages: [file('ONE', 'application/pdf'), file('TWO', 'application/pdf')],
    note: '# Hi',
  };
  expect(send({ 'multipart/form-data': { schema, encoding } }, given)).toMatchInlineSnapshot(`
    {
      "body": "--
    Content-Disposition: form-data; name="id"

    7
    --
    Content-Disposition: form-data; name="address"
    Content-Type: application/json

    {"street":"1 Main","city":"X"}
    --
    Content-Disposition: form-data; name="tags"

    a
    --
    Content-Disposition: form-data; name="tags"

    b
    --
    Content-Disposition: form-data; name="places"
    Content-Type: application/json

    {"street":"1 Main","city":"X"}
    --
    Content-Disposition: form-data; name="photo"; filename="photo"
    Content-Type: image/png
    X-Kind: front

    PHOTO
    --
    Content-Disposition: form-data; name="pages"; filename="page.pdf"
    Content-Type: application/pdf

    ONE
    --
    Content-Disposition: form-data; name="pages"; filename="page.pdf"
    Content-Type: application/pdf

    TWO
    --
    Content-Disposition: form-data; name="note"
    Content-Type: text/markdown

    # Hi
    ----
    ",
      "type": "multipart/form-data",
    }
  `);
});

it('gives a form whose fields are not named whole', () => {
  const schema = { type: 'object', additionalProperties: { type: 'string' } };
  expect(send({ 'application/x-www-form-urlencoded': { schema } }, { body: { a: 'b c', d: [1, 2], e: null } })).toEqual(
    {
      type: 'application/x-www-form-urlencoded',
      body: 'a=b+c&d=1&d=2',
    },
  );
  expect(send({ 'multipart/form-data': { schema } }, { body: { a: 'b', c: { d: 1 } } })).toMatchInlineSnapshot(`
    {
      "body": "--
    Content-Disposition: form-data; name="a"

    b
    --
    Content-Disposition: form-data; name="c"
    Content-Type: application/json

    {"d":1}
    ----
    ",
      "type": "multipart/form-data",
    }
  `);
});

it.each<[string, JsonValue, JsonValue, string]>([
  ['application/octet-stream', {}, { '$content-type': 'image/png', $content: 'aGk=' }, 'image/png: hi'],
  ['application/octet-stream', {}, 'hi', 'application/octet-stream: hi'],
  ['text/plain', { type: 'string' }, 'hi', 'text/plain: hi'],
  ['text/*', { type: 'string' }, 'hi', 'text/plain: hi'],
  ['*/*', {}, { a: 1 }, 'application/json: {"a":1}'],
  ['application/*', {}, { a: 1 }, 'application/json: {"a":1}'],
  ['application/vnd.api+json', {}, { a: 1 }, 'application/vnd.api+json: {"a":1}'],
  ['application/xml', {}, '<a/>', 'application/xml: <a/>'],
  ['application/jsonl', {}, [{ a: 1 }, 2], 'application/jsonl: {"a":1}\n2\n'],
  ['application/json-seq', {}, [1], 'application/json-seq: \u001E1\n'],
])('sends a body of the media type %s', (mediaType, schema, value, expected) => {
  const { type, body } = send({ [mediaType]: { schema } }, { body: value });
  expect(`${type}: ${body}`).toBe(expected);
});

import { expect, it } from 'vitest';
import type { ConnectorModel, OperationModel } from '../model.ts';
import { toJsonSchema } from '../schema/json-schema.ts';
import { addOperation } from './add-operation.ts';
import { readSample } from './read-sample.ts';

const sample = {
  name: 'Lend a book',
  method: 'post',
  url: 'https://api.test:8443/v1/members/{memberId}/loans/:loanId?dry=true&limit=10&zip=01234&tag=a&tag=b',
  headers: {
    'Content-Type': 'application/json; charset=utf-8',
    Accept: 'application/json, text/plain;q=0.5',
    Authorization: 'Bearer eyJ-secret',
    Cookie: 'session=secret',
    Host: 'api.test',
    'X-Trace': 'abc',
  },
  body: '{"title": "Emma", "days": 14, "due": "2026-01-31", "note": null}',
  response: {
    status: 201,
    headers: { 'Content-Type': 'application/json', 'X-Remaining': '9', Date: 'today' },
    body: '{"id": 7}',
  },
};

/** An operation with its schemas as JSON Schema, without pointers. */
function shown(model: ConnectorModel | undefined, operation: OperationModel | undefined) {
  if (model === undefined || operation === undefined) return undefined;
  const { operationId, method, path, summary, consumes, produces, security, serverUrl } = operation;
  return {
    operationId,
    method,
    path,
    summary,
    consumes,
    produces,
    ...(security !== undefined && { security: security.map((one) => [...one.keys()]) }),
    ...(serverUrl !== undefined && { serverUrl }),
    parameters: operation.parameters.map((one) => ({
      in: `${one.in} ${one.name}${one.required ? ' (required)' : ''}`,
      schema: toJsonSchema(model, one.schema),
      ...one.extensions,
    })),
    ...(operation.body && { body: toJsonSchema(model, operation.body.schema) }),
    responses: operation.responses.map(({ status, schema, headers }) => [
      status,
      schema === undefined ? undefined : toJsonSchema(model, schema),
      headers.map((header) => `${header.name}: ${header.schema.kind}`),
    ]),
  };
}

it('makes an operation of a sample request and its answer', () => {
  const { model, findings, losses } = readSample(sample);
  expect(findings).toEqual([]);
  expect(model?.server).toEqual({ schemes: ['https'], host: 'api.test:8443', basePath: '' });
  expect(model?.securitySchemes).toEqual(new Map([['bearer', { kind: 'bearer', description: '', extensions: {} }]]));
  expect(model?.security).toEqual([new Map([['bearer', []]])]);
  expect(model?.connectionParameters.map((one) => one.name)).toEqual(['bearer']);
  expect(shown(model, model?.operations[0])).toMatchInlineSnapshot(`
    {
      "body": {
        "properties": {
          "days": {
            "title": "days",
            "type": "integer",
          },
          "due": {
            "format": "date",
            "title": "due",
            "type": "string",
          },
          "note": {
            "title": "note",
          },
          "title": {
            "title": "title",
            "type": "string",
          },
        },
        "type": "object",
      },
      "consumes": [
        "application/json; charset=utf-8",
      ],
      "method": "post",
      "operationId": "LendABook",
      "parameters": [
        {
          "in": "path memberId (required)",
          "schema": {
            "type": "string",
          },
        },
        {
          "in": "path loanId (required)",
          "schema": {
            "type": "string",
          },
        },
        {
          "in": "query dry",
          "schema": {
            "type": "boolean",
          },
          "x-ms-test-value": true,
        },
        {
          "in": "query limit",
          "schema": {
            "type": "integer",
          },
          "x-ms-test-value": 10,
        },
        {
          "in": "query zip",
          "schema": {
            "type": "string",
          },
          "x-ms-test-value": "01234",
        },
        {
          "in": "query tag",
          "schema": {
            "items": {
              "type": "string",
            },
            "type": "array",
          },
        },
        {
          "in": "header X-Trace",
          "schema": {
            "type": "string",
          },
          "x-ms-test-value": "abc",
        },
      ],
      "path": "/v1/members/{memberId}/loans/{loanId}",
      "produces": [
        "application/json",
        "text/plain",
      ],
      "responses": [
        [
          "201",
          {
            "properties": {
              "id": {
                "title": "id",
                "type": "integer",
              },
            },
            "type": "object",
          },
          [
            "X-Remaining: integer",
          ],
        ],
      ],
      "summary": "Lend a book",
    }
  `);
  expect(losses.map(({ kind, code }) => `${kind} ${code}`)).toMatchInlineSnapshot(`
    [
      "lost secret-not-kept",
      "lost cookies-not-carried",
      "lost header-not-carried",
      "inferred parameters-inferred",
      "inferred body-inferred",
      "inferred responses-inferred",
      "inferred security-inferred",
      "inferred connection-parameters-inferred",
    ]
  `);
});

it('keeps no value of a secret', () => {
  const secrets = readSample({
    url: 'https://user:pass-secret@api.test/x?api_key=key-secret&access_token=token-secret',
    headers: { 'X-Api-Key': 'header-secret', authorization: 'Basic basic-secret' },
    body: 'client_secret=form-secret&grant_type=x',
  });
  expect([...(secrets.model?.securitySchemes.values() ?? [])].map((scheme) => scheme.kind)).toEqual([
    'basic',
    'apiKey',
    'apiKey',
    'apiKey',
  ]);
  expect(JSON.stringify(secrets, (_, value: unknown) => (value instanceof Map ? [...value] : value))).not.toContain(
    '-secret',
  );
});

it.each([
  ['a form', 'application/x-www-form-urlencoded', 'name=Ada+L&age=36', ['name string', 'age integer']],
  [
    'a multipart form',
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nabc\r\n--x--',
    ['note string', 'file file'],
  ],
])('reads the fields of %s', (_, type, body, expected) => {
  const { model } = readSample({ method: 'POST', url: 'https://api.test/', headers: { 'content-type': type }, body });
  const [operation] = model?.operations ?? [];
  expect(operation?.parameters.map((one) => `${one.name} ${one.schema.kind}`)).toEqual(expected);
  expect(operation?.consumes).toEqual([type.split(';', 1)[0]]);
});

it.each([
  ['no address', { url: 'not an address' }, 'sample-url-not-valid'],
  ['another protocol', { url: 'ftp://files.test/x' }, 'sample-url-not-valid'],
  ['a path only', { url: '/loans' }, 'sample-url-not-valid'],
  ['a method that cannot be', { url: 'https://api.test/', method: 'GET IT' }, 'sample-method-not-valid'],
])('refuses %s', (_, given, code) => {
  const { model, findings } = readSample(given);
  expect([model, findings.map((finding) => finding.code)]).toEqual([undefined, [code]]);
});

it('adds an operation to a connector, below its address or with its own', () => {
  const { model } = readSample({ url: 'https://api.test/v1/loans' });
  if (model === undefined) throw new Error('The sample was not read.');
  const below = addOperation(
    { ...model, server: { ...model.server, basePath: '/v1' }, operations: [] },
    { url: 'https://api.test/v1/books?q=x' },
  );
  const beside = addOperation(below.model ?? model, { url: 'https://other.test/v1/books', name: 'Other books' });
  expect(beside.model?.operations.map((one) => [one.operationId, one.path, one.serverUrl])).toEqual([
    ['GetBooks', '/books', undefined],
    ['OtherBooks', '/v1/books', 'https://other.test'],
  ]);
});

it('replaces the request of an operation with the same address and keeps what its maker wrote', () => {
  const { model } = readSample({ url: 'https://api.test/loans/{id}', name: 'Get loan' });
  if (model === undefined) throw new Error('The sample was not read.');
  const [first] = model.operations;
  const written = { ...model, operations: first === undefined ? [] : [{ ...first, summary: 'Get the loan' }] };
  const { model: again } = addOperation(written, { url: 'https://api.test/loans/{loanId}?full=true', name: 'New' });
  expect(
    again?.operations.map((one) => [one.operationId, one.summary, one.parameters.map(({ name }) => name)]),
  ).toEqual([['GetLoan', 'Get the loan', ['loanId', 'full']]]);
});

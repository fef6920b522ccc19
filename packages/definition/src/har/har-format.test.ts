import { expect, it } from 'vitest';
import { type ReadResult, readConnector } from '../read-connector.ts';
import { toJsonSchema } from '../schema/json-schema.ts';

function read(entries: readonly unknown[]): ReadResult {
  const content = JSON.stringify({ log: { version: '1.2', entries } });
  return readConnector({ definition: { name: 'session.har', content } });
}

function entry(method: string, url: string, answer: unknown, rest: object = {}, type = 'application/json') {
  return {
    _resourceType: 'xhr',
    request: {
      method,
      url,
      headers: [
        { name: 'user-agent', value: 'Mozilla' },
        { name: ':path', value: '/' },
      ],
      ...rest,
    },
    response: { status: 200, statusText: 'OK', headers: [], content: { mimeType: type, text: JSON.stringify(answer) } },
  };
}

function operations({ model }: ReadResult) {
  return model?.operations.map((one) => [
    `${one.operationId} ${one.method} ${one.path}`,
    ...one.parameters.map((parameter) => `${parameter.in} ${parameter.name}: ${parameter.schema.kind}`),
  ]);
}

it('finds parameters in segments that are identifiers and differ', () => {
  const uuids = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
  const result = read([
    entry('GET', 'https://api.test/v1/members/1/loans?page=1', []),
    entry('GET', 'https://api.test/v1/members/2', {}),
    entry('DELETE', 'https://api.test/v1/members/2', {}),
    entry('GET', `https://api.test/v1/libraries/${uuids[0]}/2026`, {}),
    entry('GET', `https://api.test/v1/libraries/${uuids[1]}/2026`, {}),
    entry('GET', 'https://api.test/v1/categories/7', {}),
  ]);
  expect(operations(result)).toEqual([
    ['GetV1MembersMemberIdLoans get /v1/members/{memberId}/loans', 'path memberId: integer', 'query page: integer'],
    ['GetV1MembersMemberId get /v1/members/{memberId}', 'path memberId: integer'],
    ['DeleteV1MembersMemberId delete /v1/members/{memberId}', 'path memberId: integer'],
    ['GetV1LibrariesLibraryId2026 get /v1/libraries/{libraryId}/2026', 'path libraryId: string'],
    ['GetV1Categories7 get /v1/categories/7'],
  ]);
  expect(result.losses.filter(({ code }) => code === 'path-parameter-inferred').map(({ pointer }) => pointer)).toEqual([
    '/log/entries/0',
    '/log/entries/1',
    '/log/entries/2',
    '/log/entries/3',
    '/log/entries/4',
  ]);
});

it('unites what was sent and answered over all entries of an operation', () => {
  const post = (body: unknown, status: number, answer: unknown) => {
    const postData = { mimeType: 'application/json', text: JSON.stringify(body) };
    const made = entry('POST', 'https://api.test/loans', answer, { postData });
    return { ...made, response: { ...made.response, status } };
  };
  const result = read([
    post({ days: 14 }, 201, { id: 1 }),
    post({ days: 14.5, note: 'x' }, 201, { id: 2, late: true }),
    post({}, 400, { error: 'x' }),
    post({}, 304, {}),
  ]);
  const { model } = result;
  const [operation] = model?.operations ?? [];
  if (model === undefined || operation?.body === undefined) throw new Error('The archive was not read.');
  expect(toJsonSchema(model, operation.body.schema)).toEqual({
    type: 'object',
    properties: { days: { type: 'number', title: 'days' }, note: { type: 'string', title: 'note' } },
  });
  expect(operation.responses.map((one) => [one.status, one.schema && toJsonSchema(model, one.schema)])).toEqual([
    [
      '201',
      {
        type: 'object',
        properties: { id: { type: 'integer', title: 'id' }, late: { type: 'boolean', title: 'late' } },
        required: ['id'],
      },
    ],
    ['400', { type: 'object', properties: { error: { type: 'string', title: 'error' } } }],
  ]);
});

it('leaves out what is no call of an API, and says how much', () => {
  const result = read([
    { ...entry('GET', 'https://site.test/', '<html>', {}, 'text/html'), _resourceType: 'document' },
    { ...entry('GET', 'https://site.test/app.js', '', {}, 'application/javascript'), _resourceType: 'script' },
    { ...entry('GET', 'https://site.test/logo', '', {}, 'image/png'), _resourceType: undefined },
    { ...entry('OPTIONS', 'https://api.test/a', ''), _resourceType: 'preflight' },
    { ...entry('GET', 'wss://api.test/live', ''), _resourceType: 'websocket' },
    { ...entry('GET', 'https://api.test/a', {}), _resourceType: undefined },
    entry('GET', 'https://api.test/page', '<div>', {}, 'text/html'),
  ]);
  expect(operations(result)).toEqual([['GetA get /a']]);
  expect(result.losses.find(({ code }) => code === 'entries-not-calls')?.message).toBe(
    '6 of 7 entries are pages, scripts, images and the like, not calls of an API. They were left out.',
  );
});

it('keeps nothing that is somebody’s', () => {
  const headers = [
    { name: 'Authorization', value: 'Bearer hush' },
    { name: 'Cookie', value: 'session=hush' },
    { name: 'X-Api-Key', value: 'hush' },
    { name: 'X-Tenant', value: 'hush' },
  ];
  const result = read([
    entry('GET', 'https://api.test/a?name=hush&token=hush', { secret: 'hush' }, { headers }),
    entry('GET', 'https://api.test/b', {}, { headers }),
  ]);
  expect(operations(result)?.[0]).toEqual(['GetA get /a', 'query name: string', 'header X-Tenant: string']);
  expect([...(result.model?.securitySchemes.keys() ?? [])]).toEqual(['bearer', 'api_key', 'api_key_2']);
  expect(
    JSON.stringify([result.model, result.losses, result.findings], (_, value: unknown) =>
      value instanceof Map ? [...value] : value,
    ),
  ).not.toContain('hush');
  expect(result.losses.filter(({ kind }) => kind === 'lost').map(({ code }) => code)).toEqual([
    'secret-not-kept',
    'cookies-not-carried',
    'secret-not-kept',
    'secret-not-kept',
  ]);
});

it('reads forms by their parameters and answers in base64', () => {
  const params = [
    { name: 'days', value: '14' },
    { name: 'scan', fileName: 'a.png' },
  ];
  const sent = { postData: { mimeType: 'multipart/form-data; boundary=x', params } };
  const made = entry('POST', 'https://api.test/a', {}, sent);
  const content = { mimeType: 'application/json', encoding: 'base64', text: btoa('{"id": 1}') };
  const result = read([{ ...made, response: { ...made.response, content } }]);
  expect(operations(result)).toEqual([['PostA post /a', 'formData days: integer', 'formData scan: file']]);
  expect(result.model?.operations[0]?.responses[0]?.schema?.kind).toBe('object');
});

it('refuses an archive without calls', () => {
  expect(read([]).findings.map(({ code }) => code)).toEqual(['har-without-calls']);
});

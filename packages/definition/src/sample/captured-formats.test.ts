import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ConnectorModel, JsonValue } from '../model.ts';
import { type ReadResult, readConnector } from '../read-connector.ts';
import { writeText } from '../write/document-text.ts';
import { modelDifference } from '../write/model-difference.ts';
import { writeConnector } from '../write/write-connector.ts';
import { addOperation } from './add-operation.ts';
import { readSample } from './read-sample.ts';

const read = (content: string | Uint8Array): ReadResult => readConnector({ definition: { name: 'given', content } });

/** What a connector that was imported differs in when it is written as its files and read again. */
function differenceWhenWritten(model: ConnectorModel): string | undefined {
  const { definition, properties } = writeConnector(model);
  const { model: again } = readConnector({
    definition: { name: 'apiDefinition.swagger.json', content: writeText(definition) },
    properties: { name: 'apiProperties.json', content: writeText(properties) },
  });
  return again === undefined ? 'everything' : modelDifference(model, again);
}

/** Texts that mean something somewhere in these formats, and texts that mean nothing. */
const texts = fc.oneof(
  fc.constantFrom(
    'https://api.test/v1/{id}/:name?q=1#x',
    '{{base}}/{{a}}{{b}}',
    '{{{{a}}}}',
    'http://[::1]:99999/..%2e/%2E%2e/x',
    '//{{x}}@{{y}}:{{z}}/{{}}',
    'user:pa:ss@host:port/%zz?=&&=a&%=%',
    '<integer>,<integer>',
    '<string>',
    '{"a": {{b}}, "c": ["<long>"',
    'multipart/form-data; boundary="',
    'application/json',
    'Bearer x',
    '__proto__',
    'constructor',
    '\0\ud800\udfff\udc00',
    '1e999',
    '$guid',
    'raw',
    'formdata',
    'apikey',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const names = fc.constantFrom(
  'info',
  'name',
  'schema',
  'item',
  'request',
  'url',
  'raw',
  'host',
  'path',
  'port',
  'protocol',
  'query',
  'variable',
  'key',
  'value',
  'id',
  'method',
  'header',
  'body',
  'mode',
  'formdata',
  'urlencoded',
  'graphql',
  'variables',
  'file',
  'options',
  'language',
  'auth',
  'type',
  'apikey',
  'oauth2',
  'basic',
  'response',
  'code',
  'description',
  'content',
  'disabled',
  'event',
  'script',
  'exec',
  'requests',
  'order',
  'folders',
  'folders_order',
  'headers',
  'dataMode',
  'rawModeData',
  'data',
  'responses',
  'text',
  'responseCode',
  'currentHelper',
  'helperAttributes',
  'log',
  'entries',
  'postData',
  'params',
  'mimeType',
  'encoding',
  'status',
  '_resourceType',
  '__proto__',
);
const { value: values } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    texts,
    fc.constantFrom<JsonValue>(null, true, false, 0, -1, 1e308, 200, 404),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .array(fc.tuple(names, tie('value')), { maxLength: 6 })
      .map((members) => Object.fromEntries(members) as JsonValue),
  ),
}));
const requests = fc.record({
  method: texts,
  url: fc.oneof(texts, values),
  header: values,
  body: values,
  auth: values,
  response: values,
});
const documents: readonly fc.Arbitrary<JsonValue>[] = [
  fc
    .record({
      item: fc.array(fc.record({ name: texts, request: requests, response: values, item: values })),
      variable: values,
      auth: values,
    })
    .map((rest) => ({ info: { name: 'x' }, ...rest }) as JsonValue),
  fc
    .record({
      requests: fc.array(
        fc.record({
          id: texts,
          url: texts,
          method: texts,
          headers: values,
          dataMode: texts,
          data: values,
          responses: values,
          folder: texts,
        }),
      ),
      folders: fc.array(fc.record({ id: texts, order: values, folders_order: fc.array(texts) })),
      order: values,
    })
    .map((rest) => ({ name: 'x', ...rest }) as JsonValue),
  fc
    .array(
      fc.record({
        request: fc.record({ method: texts, url: texts, headers: values, postData: values }),
        response: values,
      }),
    )
    .map((entries) => ({ log: { entries } }) as JsonValue),
];

it.each([
  ['a collection of version 2', documents[0]],
  ['a collection of version 1', documents[1]],
  ['an archive', documents[2]],
])('never throws, whatever is in %s', (_, arbitrary) => {
  if (arbitrary === undefined) throw new Error('There is no such document.');
  fc.assert(
    fc.property(arbitrary, (document) => {
      const { model, findings } = read(JSON.stringify(document));
      expect(model !== undefined || findings.some(({ severity }) => severity === 'error')).toBe(true);
      expect(model && differenceWhenWritten(model)).toBeUndefined();
    }),
    { seed: 11, numRuns: 400 },
  );
});

it('never throws, whatever a command says', () => {
  const pieces = fc.oneof(
    texts,
    fc.constantFrom(
      'curl',
      ' ',
      '\n',
      '\\\n',
      '^\n',
      '^"',
      "'",
      '"',
      "$'",
      '$(',
      '${',
      '`',
      '<<EOF',
      '>',
      '|',
      '&',
      ';',
      '#',
    ),
    fc.constantFrom(
      '-X',
      '-d',
      '-H',
      '-F',
      '--json',
      '--next',
      '-u',
      '-K',
      '--data-urlencode',
      '--url',
      '-G',
      '-T',
      '--',
    ),
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), fc.constantFrom('', ' '), (parts, separator) => {
      const { model, findings } = read(`curl ${parts.join(separator)}`);
      expect(model !== undefined || findings.some(({ severity }) => severity === 'error')).toBe(true);
      expect(model && differenceWhenWritten(model)).toBeUndefined();
    }),
    { seed: 13, numRuns: 1500 },
  );
});

it('never throws, whatever a sample says', () => {
  const table = fc.dictionary(texts, texts, { maxKeys: 5 });
  const samples = fc.record({
    url: texts,
    method: texts,
    headers: table,
    body: fc.oneof(
      texts,
      values.map((value) => JSON.stringify(value)),
    ),
    response: fc.record({ status: fc.integer(), headers: table, body: texts }),
  });
  fc.assert(
    fc.property(samples, samples, (first, second) => {
      const { model } = readSample(first);
      if (model !== undefined) addOperation(model, second);
    }),
    { seed: 17, numRuns: 1000 },
  );
});

it.each<[string, string]>([
  ['a quote that never ends', `curl "${'\\"'.repeat(200_000)}`],
  [
    'variables that double themselves',
    JSON.stringify({
      info: { name: 'x' },
      variable: Array.from({ length: 60 }, (_, index) => ({
        key: `v${index}`,
        value: `{{v${index + 1}}}{{v${index + 1}}}`,
      })),
      item: Array.from({ length: 200 }, () => ({ name: 'x', request: '{{v0}}/{{v0}}/{{v1}}' })),
    }),
  ],
  ['braces that never close', JSON.stringify({ info: { name: 'x' }, item: [{ request: '{{'.repeat(100_000) }] })],
  [
    'a folder in itself',
    JSON.stringify({
      name: 'x',
      folders: [
        { id: 'a', order: ['r'], folders_order: ['a', 'b'] },
        { id: 'b', folders_order: ['a'] },
      ],
      folders_order: ['a'],
      requests: [{ id: 'r', url: 'https://api.test' }],
    }),
  ],
  ['many parameters of one name', `curl 'https://api.test/?${'a=1&'.repeat(100_000)}'`],
  [
    'many requests to one address',
    JSON.stringify({
      info: { name: 'x' },
      item: Array.from({ length: 5000 }, (_, index) => ({
        request: { url: `https://api.test/${index}/a`, method: 'GET' },
      })),
    }),
  ],
  ['a body that nests too deep', `curl https://api.test --json '${'['.repeat(100_000)}'`],
])('comes to an end: %s', (_, text) => {
  const { model, findings } = read(text);
  expect(model !== undefined || findings.length > 0).toBe(true);
});

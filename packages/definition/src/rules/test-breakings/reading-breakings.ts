import type { Breaking } from './breaking.ts';
import { at, type Draft, info, isDraft, named, operations, parametersIn, remove, responses, set } from './draft.ts';
import { freeOperations } from './operation-breakings.ts';

const root = (document: Draft): readonly Draft[] => [document];
const ways = (name: string, values: readonly Draft[string][]) => values.map((value) => set(name, value));
const push = (operation: Draft, parameter: Draft): void => {
  const own = operation['parameters'];
  operation['parameters'] = [...(Array.isArray(own) ? own : []), parameter];
};
const labels = { 'x-ms-summary': 'Part', description: 'A part of it.' };
const referring = (document: Draft): readonly Draft[] =>
  responses(document)
    .flatMap((one) => (isDraft(one['schema']) ? [one['schema']] : []))
    .filter((one) => '$ref' in one);

/** What reading itself reports, for the descriptions that connectors are published as. */
export const readingBreakings: readonly Breaking[] = [
  { code: 'swagger-version', places: root, ways: ways('swagger', [2, '2', '1.2', '3.0', null]) },
  { code: 'info-title-missing', places: info, ways: [remove('title'), ...ways('title', ['', ' ', '\n', '\t'])] },
  { code: 'host-missing', places: root, ways: [remove('host'), ...ways('host', ['', ' ', '\n', '\t'])] },
  {
    code: 'host-not-valid',
    places: root,
    ways: ways('host', [
      'https://api.example.com',
      'api.example.com/v1',
      'http://api.example.com/',
      'ftp://api.example.com',
      'api.example.com/',
    ]),
  },
  {
    code: 'base-path-not-valid',
    places: (document) => ('basePath' in document ? [document] : []),
    ways: ways('basePath', ['v1', 'v1/', 'api/v1', 'a', 'v1/loans']),
  },
  {
    code: 'scheme-not-supported',
    places: root,
    ways: ways('schemes', [['wss'], ['ws'], ['https', 'wss'], ['ws', 'https'], ['https', 'ws', 'wss']]),
  },
  { code: 'operation-id-missing', places: freeOperations, ways: [remove('operationId'), set('operationId', '')] },
  {
    code: 'operation-id-not-unique',
    places: (document, files) => freeOperations(document, files).slice(1),
    ways: [
      (operation, document) => set('operationId', String(operations(document)[0]?.['operationId']))(operation),
      (operation, document) => set('operationId', String(operations(document)[1]?.['operationId']))(operation),
    ],
  },
  {
    code: 'path-parameter-not-in-path',
    places: (document) =>
      operations(document).filter((one) => one['x-ms-visibility'] !== 'internal' && !('x-ms-pageable' in one)),
    ways: [
      (operation) =>
        push(operation, {
          name: 'part',
          in: 'path',
          required: true,
          type: 'string',
          'x-ms-url-encoding': 'single',
          ...labels,
        }),
    ],
  },
  {
    code: 'parameter-not-valid',
    places: freeOperations,
    ways: [
      (operation) => push(operation, { in: 'query', type: 'string', ...labels }),
      (operation) => push(operation, { name: 'part', type: 'string', ...labels }),
    ],
  },
  {
    code: 'parameter-location',
    places: freeOperations,
    ways: [
      (operation) => push(operation, { name: 'part', in: 'url', type: 'string', ...labels }),
      (operation) => push(operation, { name: 'part', in: 'Query', type: 'string', ...labels }),
    ],
  },
  {
    code: 'parameter-duplicate',
    places: freeOperations,
    ways: [
      (operation) => {
        for (const type of ['string', 'integer']) push(operation, { name: 'part', in: 'query', type, ...labels });
      },
    ],
  },
  {
    code: 'body-duplicate',
    places: (document) => operations(document).filter((one) => /^(Create|Watch)/.test(String(one['operationId']))),
    ways: [
      (operation) => push(operation, { name: 'second', in: 'body', schema: { type: 'string', description: 'More.' } }),
      (operation) => push(operation, { name: 'other', in: 'body', schema: { $ref: '#/definitions/Address' } }),
    ],
  },
  {
    code: 'collection-format',
    places: (document) => parametersIn('query')(document).filter((one) => 'collectionFormat' in one),
    ways: ways('collectionFormat', ['list', 'comma']),
  },
  {
    code: 'connection-id-parameter',
    places: freeOperations,
    ways: [(operation) => push(operation, { name: 'connectionId', in: 'query', type: 'string', ...labels })],
  },
  {
    code: 'responses-missing',
    places: (document) => operations(document).filter((one) => /^(Add|Delete)/.test(String(one['operationId']))),
    ways: [remove('responses'), set('responses', {})],
  },
  {
    code: 'reference-not-found',
    places: referring,
    ways: [set('$ref', '#/definitions/Nothing'), set('$ref', '#/definitions/')],
  },
  {
    code: 'trigger-kind',
    places: (document) => operations(document).filter((one) => 'x-ms-trigger' in one),
    ways: ways('x-ms-trigger', ['webhook', 'polling']),
  },
  {
    code: 'callback-url-missing',
    places: (document) => named('callback')(document).filter((one) => 'x-ms-notification-url' in one),
    ways: [remove('x-ms-notification-url'), set('x-ms-notification-url', false)],
  },
  {
    code: 'security-scheme',
    places: (document) => [at(document, 'securityDefinitions')],
    ways: [
      set('other', { type: 'token' }),
      set('other', { type: 'http' }),
      set('other', { type: 'openIdConnect' }),
      set('other', { type: 'none' }),
      set('other', { type: '' }),
    ],
  },
  {
    code: 'connection-parameter-type',
    places: (_, files) => [at(files.properties, 'properties', 'connectionParameters', 'api_key')],
    ways: ways('type', ['secret', 'text', 'password', 'number', 'String!']),
  },
  {
    code: 'policy-without-template',
    places: (_, files) => [at(files.properties, 'properties')],
    ways: ways('policyTemplateInstances', [
      [{}],
      [{ title: 'Set a header' }],
      [{ title: 'Set a header', parameters: {} }],
      [{ template: 'setheader' }],
      [{ parameters: {} }],
    ]),
  },
];

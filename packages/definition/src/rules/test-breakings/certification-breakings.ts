import type { Breaking, ConnectorDraft } from './breaking.ts';
import {
  at,
  type Draft,
  info,
  isDraft,
  listAt,
  operations,
  operationsOf,
  parameters,
  parametersIn,
  remove,
  responses,
  set,
} from './draft.ts';
import { freeOperations } from './operation-breakings.ts';

const root = (document: Draft): readonly Draft[] => [document];
const ten = (name: string, values: readonly string[]) => values.map((value) => set(name, value));
const about = (_: Draft, files: ConnectorDraft): readonly Draft[] => [at(files.properties, 'properties')];
const contact = (document: Draft): readonly Draft[] => info(document).map((one) => at(one, 'contact'));
const entry =
  (name: string) =>
  (document: Draft): readonly Draft[] =>
    listAt(document, 'x-ms-connector-metadata')
      .filter(isDraft)
      .filter((one) => one['propertyName'] === name);
const shown = (document: Draft): readonly Draft[] =>
  operations(document).filter(
    (one) => one['x-ms-visibility'] !== 'internal' && !('x-ms-trigger' in one) && !('deprecated' in one),
  );
const triggers = (document: Draft): readonly Draft[] => operations(document).filter((one) => 'x-ms-trigger' in one);
const filledIn = (document: Draft): readonly Draft[] =>
  parameters(document).filter((one) => one['in'] !== 'body' && one['x-ms-visibility'] !== 'internal');
const inputs = (document: Draft): readonly Draft[] =>
  parametersIn('body')(document)
    .flatMap((one) => Object.values(at(one, 'schema', 'properties')))
    .filter(isDraft)
    .filter((one) => one['x-ms-visibility'] !== 'internal' && !('title' in one) && !('$ref' in one));
const plainResponses = (document: Draft): readonly Draft[] =>
  responses(document).filter((one) => !('$ref' in one) && !('schema' in one));
const long = 'Text that goes on and on and on. '.repeat(20);

export const certificationBreakings: readonly Breaking[] = [
  {
    code: 'title-too-long',
    places: info,
    ways: ten('title', [
      'The loans and readers of all branches',
      'Everything about gardens and plants',
      'Abcdefghijklmnopqrstuvwxyz0123456789',
      'One two three four five six seven',
      'Loans (of every reader everywhere)',
    ]),
  },
  {
    code: 'title-last-character',
    places: info,
    ways: ten('title', ['Library loans ', 'Library loans.', 'Library loans\n', 'Library loans!', 'Library loans -']),
  },
  {
    code: 'title-restricted-words',
    places: info,
    ways: ten('title', [
      'Library API',
      'Library connector',
      'Power Automate loans',
      'Loans for Power Apps',
      'Dataverse loans',
    ]),
  },
  {
    code: 'title-not-english',
    places: info,
    ways: ten('title', ['図書館', 'Библиотека', 'المكتبة', 'Βιβλιοθήκη', '도서관']),
  },
  {
    code: 'description-missing',
    places: info,
    ways: [remove('description'), ...ten('description', ['', ' ', '\n', '   \t'])],
  },
  {
    code: 'description-length',
    places: info,
    ways: ten('description', ['Too short.', 'x', long, long + long, 'Short too, and plain.']),
  },
  {
    code: 'description-restricted-words',
    places: info,
    ways: ten('description', [
      'Lends books to readers in Power Automate flows.',
      'Lends books to readers in Power Apps of all kinds.',
      'Lends books to readers in Logic Apps of all kinds.',
      'Lends books to readers with Microsoft Flow and more.',
      'Lends books to readers and keeps them in Dataverse.',
    ]),
  },
  {
    code: 'description-not-english',
    places: (document) => [...info(document), ...shown(document)],
    ways: ten('description', ['この操作は、読者に本を貸し出し、そのことをすべての支店に通知し、記録を残します。']),
  },
  {
    code: 'contact-incomplete',
    places: contact,
    ways: [remove('name'), remove('url'), remove('email'), set('name', ''), set('email', '')],
  },
  {
    code: 'metadata-missing',
    places: root,
    ways: [
      remove('x-ms-connector-metadata'),
      set('x-ms-connector-metadata', []),
      (document) => {
        listAt(document, 'x-ms-connector-metadata').pop();
      },
      (document) => {
        listAt(document, 'x-ms-connector-metadata').shift();
      },
      (document) => {
        listAt(document, 'x-ms-connector-metadata').splice(1, 1);
      },
    ],
  },
  {
    code: 'metadata-url-not-valid',
    places: (document) => [...entry('Website')(document), ...entry('Privacy policy')(document)],
    ways: ten('propertyValue', ['www.example.com', 'example.com/privacy', '/privacy']),
  },
  {
    code: 'category-unknown',
    places: entry('Categories'),
    ways: ten('propertyValue', ['Libraries', 'productivity', 'Data;Books', 'Data,Productivity', 'Other']),
  },
  {
    code: 'categories-many',
    places: entry('Categories'),
    ways: ten('propertyValue', [
      'Data;Productivity;AI',
      'Data;Productivity;Marketing',
      'AI;Commerce;Finance;Website',
      'AI; Commerce; Finance',
      'Security;Social Media;Data',
    ]),
  },
  {
    code: 'brand-color-missing',
    places: about,
    ways: [remove('iconBrandColor'), ...ten('iconBrandColor', ['', ' ', '\t', '\n'])],
  },
  {
    code: 'brand-color-not-valid',
    places: about,
    ways: ten('iconBrandColor', ['green', '3c6e47', '#3c6', '#3c6e4g', 'rgb(1, 2, 3)']),
  },
  {
    code: 'brand-color-default',
    places: about,
    ways: ten('iconBrandColor', ['#ffffff', '#FFFFFF', '#007ee5', '#007EE5', '#fffFFF']),
  },
  {
    code: 'brand-color-independent',
    places: info,
    ways: ten('title', [
      'Loans (Independent Publisher)',
      'Books (independent publisher)',
      'Readers (Independent Publisher)',
      'Gardens (Independent Publisher)',
      'Plants (INDEPENDENT PUBLISHER)',
    ]),
  },
  { code: 'publisher-missing', places: about, ways: [remove('publisher'), ...ten('publisher', ['', ' ', '\n', '\t'])] },
  {
    code: 'stack-owner-missing',
    places: about,
    ways: [remove('stackOwner'), ...ten('stackOwner', ['', ' ', '\n', '\t'])],
  },
  {
    code: 'host-not-production',
    places: root,
    ways: ten('host', ['dev.example.com', 'api-staging.example.com', 'test.example.com', 'localhost:8080', '10.0.0.1']),
  },
  {
    code: 'scheme-not-https',
    places: root,
    ways: [
      set('schemes', ['http']),
      set('schemes', ['https', 'http']),
      set('schemes', ['http', 'https']),
      set('schemes', ['HTTP', 'https']),
      set('schemes', ['https', 'HTTP']),
    ],
  },
  {
    code: 'operation-summary-missing',
    places: shown,
    ways: [remove('summary'), set('summary', ''), set('summary', ' ')],
  },
  {
    code: 'operation-summary-too-long',
    places: shown,
    ways: [set('summary', `List ${'very '.repeat(20)}old loans`), set('summary', 'x'.repeat(81).replace('x', 'X'))],
  },
  {
    code: 'operation-summary-characters',
    places: shown,
    ways: [set('summary', 'List loans.'), set('summary', 'List/get loans'), set('summary', 'List loans ')],
  },
  {
    code: 'operation-summary-case',
    places: shown,
    ways: [set('summary', 'List Every Loan'), set('summary', 'list every one')],
  },
  {
    code: 'operation-description-missing',
    places: shown,
    ways: [remove('description'), set('description', ''), set('description', '\n')],
  },
  {
    code: 'operation-description-punctuation',
    places: shown,
    ways: [set('description', 'Does something with it'), set('description', 'Does something, and')],
  },
  {
    code: 'operation-description-same',
    places: shown,
    ways: [
      (operation) => set('description', `${operation['summary']}.`)(operation),
      (operation) => set('description', `${String(operation['summary']).toUpperCase()}!`)(operation),
    ],
  },
  {
    code: 'operation-id-style',
    places: freeOperations,
    ways: [set('operationId', 'do_it'), set('operationId', 'doIt'), set('operationId', 'Do-It')],
  },
  { code: 'parameter-summary-missing', places: filledIn, ways: [remove('x-ms-summary'), set('x-ms-summary', '')] },
  { code: 'property-summary-missing', places: inputs, ways: [remove('x-ms-summary'), set('x-ms-summary', '')] },
  {
    code: 'parameter-summary-too-long',
    places: filledIn,
    ways: [set('x-ms-summary', 'Long '.repeat(17)), set('x-ms-summary', 'X'.repeat(81))],
  },
  {
    code: 'parameter-summary-case',
    places: filledIn,
    ways: [set('x-ms-summary', 'due before'), set('x-ms-summary', 'Due before')],
  },
  {
    code: 'parameter-description-missing',
    places: (document) => [...filledIn(document), ...inputs(document)],
    ways: [remove('description'), set('description', ' ')],
  },
  {
    code: 'parameter-description-punctuation',
    places: filledIn,
    ways: [set('description', 'What is meant'), set('description', 'What is meant by it,')],
  },
  {
    code: 'parameter-description-same',
    places: (document) => [...filledIn(document), ...inputs(document)].filter((one) => 'x-ms-summary' in one),
    ways: [(place) => set('description', `${place['x-ms-summary']}.`)(place)],
  },
  {
    code: 'trigger-summary',
    places: triggers,
    ways: [set('summary', 'Loan created'), set('summary', 'If a loan is created')],
  },
  {
    code: 'trigger-description',
    places: triggers,
    ways: [set('description', 'A loan that was created.'), set('description', 'Tells of a loan.')],
  },
  {
    code: 'success-response-missing',
    places: shown,
    ways: [
      set('responses', { default: { description: 'The answer.' } }),
      set('responses', { '404': { description: 'Not there.' } }),
    ],
  },
  {
    code: 'responses-many-schemas',
    places: (document) => plainResponses(document).filter((one) => one['description'] === 'The request is not right.'),
    ways: [
      set('schema', { $ref: '#/definitions/Address' }),
      set('schema', { type: 'object', properties: { message: { type: 'string' } } }),
    ],
  },
  {
    code: 'default-response-schema',
    places: (document) => plainResponses(document).filter((one) => one['description'] === 'Something went wrong.'),
    ways: [
      set('schema', { $ref: '#/definitions/Address' }),
      set('schema', { type: 'object', properties: { message: { type: 'string' } } }),
    ],
  },
  {
    code: 'schema-empty',
    places: (document) =>
      operations(document)
        .filter(
          (one) => /^(Get\w+e?[a-z]$|Create)/.test(String(one['operationId'])) && one['x-ms-visibility'] !== 'internal',
        )
        .flatMap((one) => Object.values(at(one, 'responses')))
        .filter(isDraft)
        .filter((one) => 'schema' in one),
    ways: [set('schema', { type: 'object' }), set('schema', {})],
  },
  {
    code: 'media-type-unsupported',
    places: operationsOf('post'),
    ways: [
      (operation) => set('produces', ['application/xml'])(operation),
      (operation) => set('produces', ['application/json', 'text/csv'])(operation),
    ],
  },
  {
    code: 'consumes-missing',
    places: (document) => operationsOf('post')(document),
    ways: [set('consumes', [])],
  },
  { code: 'path-encoding-missing', places: parametersIn('path'), ways: [remove('x-ms-url-encoding')] },
  { code: 'deprecated-not-said', places: shown, ways: [set('deprecated', true)] },
  {
    code: 'indentation',
    places: root,
    ways: [
      (document) => JSON.stringify(document),
      (document) => JSON.stringify(document, undefined, '\t'),
      (document) => JSON.stringify(document, undefined, 4).replaceAll('{\n', '{ \n'),
      (document) => JSON.stringify(document, undefined, 2).replaceAll(',\n', ',\t\n'),
      (document) => JSON.stringify(document, undefined, 4).replaceAll(/\n +/g, '\n'),
    ],
  },
  {
    code: 'member-order',
    places: root,
    ways: ['info', 'host', 'schemes', 'consumes', 'paths'].map((name) => (document: Draft) => {
      const value = document[name] ?? null;
      delete document[name];
      document[name] = value;
    }),
  },
];

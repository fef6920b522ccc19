import type { Breaking, ConnectorDraft } from './breaking.ts';
import {
  at,
  type Draft,
  isDraft,
  named,
  operations,
  operationsOf,
  parameters,
  parametersIn,
  pathItems,
  remove,
  renameMember,
  responses,
  set,
} from './draft.ts';

const paths = (document: Draft): Draft => at(document, 'paths');
const pathOf = (document: Draft, item: Draft): string =>
  Object.entries(paths(document)).find(([, value]) => value === item)?.[0] ?? '';

/** Renames a path by a pattern. */
const rename = (change: (path: string) => string) => (item: Draft, document: Draft) => {
  const path = pathOf(document, item);
  renameMember(paths(document), path, change(path));
};

const withTemplate = (document: Draft): readonly Draft[] =>
  pathItems(document).filter((item) => pathOf(document, item).includes('{') && 'delete' in item === false);
const withoutTemplate = (document: Draft): readonly Draft[] =>
  pathItems(document).filter((item) => !pathOf(document, item).includes('{'));
/** Paths that no other path begins with. */
const alone = (document: Draft): readonly Draft[] =>
  withoutTemplate(document).filter((item) => /-(events|schema)$/.test(pathOf(document, item)));
const withBody = (document: Draft): readonly Draft[] => parametersIn('body')(document);
const plainResponses = (document: Draft): readonly Draft[] => responses(document).filter((one) => !('$ref' in one));

export const operationBreakings: readonly Breaking[] = [
  {
    code: 'path-duplicate',
    isOwnOnly: true,
    places: withTemplate,
    ways: [
      (item, document) => {
        const twin = pathOf(document, item).replace(/\{[^{}]*\}/, '{other}');
        paths(document)[twin] = bareItem('other');
      },
      (item, document) => {
        const twin = pathOf(document, item).replace(/\{[^{}]*\}/, '{key}');
        paths(document)[twin] = bareItem('key');
      },
    ],
  },
  {
    code: 'path-case-redefined',
    places: withoutTemplate,
    ways: [
      (item, document) => {
        paths(document)[pathOf(document, item).toUpperCase()] = bareItem();
      },
    ],
  },
  {
    code: 'path-overlap',
    isOwnOnly: true,
    places: operationsOf('get'),
    ways: [
      (_, document) => {
        const path = Object.keys(paths(document)).find((name) => name.endsWith('Id}')) ?? '';
        paths(document)[path.replace(/\{[^{}]*\}/, 'latest')] = bareItem(undefined, 'get');
      },
    ],
  },
  {
    code: 'path-characters',
    places: alone,
    ways: [rename((path) => `${path}/*`), rename((path) => `${path}/a b`)],
  },
  {
    code: 'path-query',
    places: alone,
    ways: [rename((path) => `${path}?all=true`), rename((path) => `${path}#top`)],
  },
  {
    code: 'path-template',
    places: alone,
    ways: [rename((path) => `${path}/{id`), rename((path) => `${path}/id}`)],
  },
  {
    code: 'path-variable-default',
    places: (document) => withoutTemplate(document).filter((item) => /-(hooks|events)$/.test(pathOf(document, item))),
    ways: [
      (item, document) => {
        rename((path) => `${path}/parts/{part=1}`)(item, document);
        const own = item['parameters'];
        const part = { ...pathParameter('part=1') };
        item['parameters'] = Array.isArray(own) ? [...own, part] : [part];
      },
    ],
  },
  { code: 'operation-id-too-long', places: freeOperations, ways: [set('operationId', `List${'Every'.repeat(20)}`)] },
  {
    code: 'operation-id-characters',
    places: freeOperations,
    ways: [set('operationId', 'ListThings!'), set('operationId', 'List things'), set('operationId', 'Größe')],
    along: [],
  },
  {
    code: 'body-not-allowed',
    places: operationsOf('get'),
    ways: [
      (operation) =>
        pushParameter(operation, {
          name: 'body',
          in: 'body',
          schema: { type: 'object', properties: { note: { ...label('Note'), type: 'string' } } },
        }),
    ],
  },
  {
    code: 'media-type-not-valid',
    places: operationsOf('get'),
    ways: [set('produces', ['json']), set('consumes', ['application json'])],
  },
  {
    code: 'media-type-schema',
    isOwnOnly: true,
    places: (document) => operations(document).filter((one) => Array.isArray(one['consumes'])),
    ways: [
      set('consumes', ['application/json']),
      set('consumes', ['application/x-www-form-urlencoded']),
      set('consumes', ['text/plain', 'application/json']),
      set('consumes', ['application/x-www-form-urlencoded', 'application/json']),
    ],
  },
  {
    code: 'response-status',
    places: (document) => named('responses')(document).filter((one) => isDraft(one['200'])),
    ways: [
      (place) => {
        place['OK'] = { description: 'It went well.' };
      },
      (place) => {
        place['2XX'] = { description: 'It went well.' };
      },
      (place) => {
        place['600'] = { description: 'It went well.' };
      },
    ],
  },
  {
    code: 'response-schema-position',
    places: (document) =>
      named('responses')(document).filter((one) => isDraft(one['201']) && 'schema' in one['201'] && '400' in one),
    ways: [(place) => renameMember(place, '201', '202'), (place) => renameMember(place, '201', '203')],
  },
  {
    code: 'response-example-type',
    isOwnOnly: true,
    places: (document) => plainResponses(document).filter((one) => !('examples' in one)),
    ways: [set('examples', { 'text/csv': 'a,b' }), set('examples', { 'application/xml': '<a/>' })],
  },
  {
    code: 'path-parameter-not-required',
    places: parametersIn('path'),
    ways: [remove('required'), set('required', false)],
  },
  {
    code: 'body-parameter-schema-missing',
    places: getBodies,
    ways: [
      remove('schema'),
      (place) => {
        delete place['schema'];
        delete place['required'];
      },
    ],
  },
  {
    code: 'body-parameter-member',
    places: withBody,
    ways: [set('type', 'object'), set('format', 'byte'), set('default', {})],
  },
  {
    code: 'parameter-schema-not-allowed',
    places: (document) => [...parametersIn('query')(document), ...parametersIn('path')(document)],
    ways: [set('schema', { type: 'string', description: 'A text.', 'x-ms-summary': 'Text' })],
  },
  { code: 'parameter-type-missing', places: plainQueries, ways: [remove('type')] },
  {
    code: 'form-parameter-name',
    places: parametersIn('formData'),
    ways: [set('name', 'größe'), set('name', '名前')],
  },
  {
    code: 'allow-empty-value-location',
    places: (document) => parametersIn('path')(document),
    ways: [set('allowEmptyValue', true)],
  },
  {
    code: 'url-encoding-location',
    places: (document) => parameters(document).filter((one) => one['in'] !== 'path'),
    ways: [set('x-ms-url-encoding', 'double'), set('x-ms-url-encoding', 'single')],
  },
];

/** Operations that nothing refers to by name. */
export function freeOperations(document: Draft, { properties }: ConnectorDraft): readonly Draft[] {
  const named = JSON.stringify(properties);
  return operations(document).filter((one) => {
    const id = String(one['operationId']);
    return /^(Add|Create|Watch|On|Delete)/.test(id) && !('x-ms-api-annotation' in one) && !named.includes(`"${id}"`);
  });
}

function getBodies(document: Draft): readonly Draft[] {
  return operations(document)
    .filter((one) => !('x-ms-trigger' in one))
    .flatMap((one) => (Array.isArray(one['parameters']) ? one['parameters'] : []).filter(isDraft))
    .filter((one) => one['in'] === 'body');
}

/** Query parameters without anything but a type. */
function plainQueries(document: Draft): readonly Draft[] {
  return parametersIn('query')(document).filter(
    (one) => !('enum' in one) && !('items' in one) && one['name'] !== 'kind',
  );
}

function label(title: string): Draft {
  return { 'x-ms-summary': title, description: `${title} of it.` };
}

function pathParameter(name: string): Draft {
  return { name, in: 'path', required: true, type: 'string', 'x-ms-url-encoding': 'single', ...label('Part') };
}

function bareItem(parameter?: string, method = 'options'): Draft {
  return {
    [method]: {
      operationId: 'AskWhatIsPossible',
      summary: 'Ask what is possible',
      description: 'Asks what can be done with it.',
      ...(parameter !== undefined && { parameters: [pathParameter(parameter)] }),
      responses: { '204': { description: 'The headers say it.' } },
    },
  };
}

function pushParameter(operation: Draft, parameter: Draft): void {
  const own = operation['parameters'];
  operation['parameters'] = [...(Array.isArray(own) ? own : []), parameter];
}

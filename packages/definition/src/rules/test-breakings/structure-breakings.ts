import type { Breaking } from './breaking.ts';
import {
  at,
  type Draft,
  info,
  isDraft,
  listAt,
  operations,
  parameters,
  properties,
  responses,
  schemas,
  schemasOf,
  set,
  valuesOf,
} from './draft.ts';

export const structureBreakings: readonly Breaking[] = [
  {
    code: 'unknown-member',
    places: (document) => [...operations(document), ...schemas(document), ...responses(document), document],
    ways: [set('colour', 'red'), set('nmae', 'x'), set('parameterz', [])],
  },
  {
    code: 'extension-name',
    places: operations,
    ways: [set('ms-visibility', 'important'), set('x_ms_visibility', 'advanced')],
  },
  {
    code: 'extension-unknown',
    places: parameters,
    ways: [set('x-ms-sumamry', 'Label'), set('x-ms-visibilty', 'advanced')],
  },
  {
    code: 'extension-misplaced',
    places: parameters,
    ways: [
      set('x-ms-trigger', 'batch'),
      set('x-ms-pageable', { nextLinkName: 'nextLink' }),
      set('x-ms-keywords', ['a']),
    ],
  },
  {
    code: 'extension-value',
    places: (document) =>
      [...operations(document), ...parameters(document)].filter((one) => one['x-ms-visibility'] !== 'internal'),
    ways: [set('x-ms-visibility', 'hidden'), set('x-ms-visibility', 7), set('x-ms-client-name', ['a'])],
  },
  {
    code: 'member-beside-reference',
    places: (document) => (properties(document).length > 0 ? referring(document) : []),
    ways: [set('type', 'object'), set('required', ['id']), set('properties', {})],
  },
  {
    code: 'required-member-missing',
    places: (document) => responses(document).filter((one) => !('$ref' in one)),
    ways: [(place) => delete place['description']],
  },
  {
    code: 'member-type',
    places: (document) => [...schemas(document), ...parameters(document)],
    ways: [set('maxLength', '80'), set('uniqueItems', 1)],
  },
  { code: 'value-not-in-list', places: properties, ways: [set('type', 'text'), set('type', 'Strng')] },
  {
    code: 'array-duplicate-value',
    places: (document) => operations(document),
    ways: [set('tags', ['One', 'One']), set('produces', ['application/json', 'application/json'])],
  },
  { code: 'enum-empty', places: valuesOf('string'), ways: [set('enum', [])] },
  {
    code: 'required-empty',
    places: (document) => schemasOf('object')(document).filter((one) => !('required' in one)),
    ways: [set('required', [])],
  },
  {
    code: 'tag-redefined',
    places: (document) => listAt(document, 'tags').filter(isDraft),
    ways: [
      (place, document) => listAt(document, 'tags').push({ name: place['name'] ?? '' }),
      (place, document) => listAt(document, 'tags').unshift({ name: place['name'] ?? '', description: 'Once more.' }),
    ],
  },
  {
    code: 'reference-container',
    places: referring,
    ways: [
      (place, document) => {
        const name = String(place['$ref']).slice('#/definitions/'.length);
        place['$ref'] = `#/definitions/${name}/x-other`;
        at(document, 'definitions', name)['x-other'] = structuredClone(at(document, 'definitions', name));
      },
    ],
  },
  {
    code: 'reference-syntax',
    isOwnOnly: true,
    along: [],
    places: referring,
    ways: [
      (place, document) => {
        const name = String(place['$ref']).slice('#/definitions/'.length);
        at(document, 'definitions')[`${name}~2`] = structuredClone(at(document, 'definitions', name));
        place['$ref'] = `#/definitions/${name}~2`;
      },
    ],
  },
  {
    code: 'url-not-valid',
    places: (document) => [
      ...info(document).map((one) => at(one, 'contact')),
      ...info(document).map((one) => at(one, 'license')),
    ],
    ways: [
      set('url', 'www.example.com/support'),
      set('url', '/support'),
      set('url', 'support page'),
      set('url', 'http//example.com'),
      set('url', 'ftp.example.com'),
    ],
  },
  {
    code: 'contact-email-not-valid',
    places: (document) => info(document).map((one) => at(one, 'contact')),
    ways: [
      set('email', 'support'),
      set('email', 'support at example.com'),
      set('email', 'support@'),
      set('email', '@example.com'),
      set('email', 'sup port@example.com'),
    ],
  },
  {
    code: 'response-header-duplicate',
    places: (document) => responses(document).filter((one) => !('$ref' in one)),
    ways: [
      set('headers', {
        ETag: { type: 'string', description: 'The version.' },
        etag: { type: 'string', description: 'The version.' },
      }),
    ],
  },
];

/** Schemas that are references. */
function referring(document: Draft): readonly Draft[] {
  const found: Draft[] = [];
  const visit = (value: Draft[string]): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (isDraft(value)) {
      if (String(value['$ref'] ?? '').startsWith('#/definitions/')) found.push(value);
      for (const item of Object.values(value)) visit(item);
    }
  };
  visit(document);
  return found;
}

import type { Breaking } from './breaking.ts';
import {
  at,
  type Draft,
  having,
  isDraft,
  named,
  operations,
  parametersIn,
  properties,
  remove,
  schemasOf,
  set,
  valuesOf,
} from './draft.ts';

const texts = (document: Draft): readonly Draft[] =>
  valuesOf('string')(document).filter((one) => !('enum' in one) && !('format' in one) && !('readOnly' in one));
const numbers = (document: Draft): readonly Draft[] =>
  [...valuesOf('number')(document), ...valuesOf('integer')(document)].filter((one) => !('enum' in one));
const objects = (document: Draft): readonly Draft[] =>
  schemasOf('object')(document).filter((one) => isDraft(one['properties']) && !('x-ms-dynamic-schema' in one));
const labelled = (document: Draft): readonly Draft[] => having('x-ms-enum-values')(document);
const labels = (document: Draft): readonly Draft[] =>
  labelled(document).flatMap((one) =>
    Array.isArray(one['x-ms-enum-values']) ? one['x-ms-enum-values'].filter(isDraft) : [],
  );
const definitions = (document: Draft): readonly Draft[] => Object.values(at(document, 'definitions')).filter(isDraft);

/** Properties in bodies that nothing requires. */
const optionalInputs = (document: Draft): readonly Draft[] =>
  parametersIn('body')(document).flatMap((one) => {
    const schema = at(one, 'schema');
    const required = Array.isArray(schema['required']) ? schema['required'] : [];
    return Object.entries(at(schema, 'properties')).flatMap(([name, value]) =>
      isDraft(value) && !required.includes(name) && value['type'] !== 'object' ? [value] : [],
    );
  });

export const schemaBreakings: readonly Breaking[] = [
  { code: 'default-type', places: texts, ways: [set('default', 7), set('default', true), set('default', ['a'])] },
  {
    code: 'default-not-in-enum',
    places: (document) => having('enum')(document).filter((one) => one['type'] === 'string'),
    ways: [set('default', 'all'), set('default', ''), set('default', 'Open')],
  },
  { code: 'enum-value-type', places: texts, ways: [set('enum', [1, 2]), set('enum', ['a', true])] },
  {
    code: 'exclusive-maximum-alone',
    places: texts,
    ways: [set('exclusiveMaximum', true), set('exclusiveMaximum', false)],
  },
  {
    code: 'exclusive-minimum-alone',
    places: texts,
    ways: [set('exclusiveMinimum', true), set('exclusiveMinimum', false)],
  },
  {
    code: 'minimum-above-maximum',
    places: (document) => numbers(document).filter((one) => 'maximum' in one),
    ways: [set('minimum', 1001), set('minimum', 99999)],
  },
  {
    code: 'min-length-above-max-length',
    places: (document) => texts(document).filter((one) => 'maxLength' in one),
    ways: [
      (place) => set('minLength', Number(place['maxLength']) + 1)(place),
      (place) => set('minLength', Number(place['maxLength']) + 900)(place),
    ],
  },
  {
    code: 'min-items-above-max-items',
    places: (document) => [...having('maxItems')(document), ...having('maxProperties')(document)],
    ways: [
      (place) => {
        const thing = 'maxItems' in place ? 'Items' : 'Properties';
        place[`min${thing}`] = Number(place[`max${thing}`]) + 1;
      },
    ],
  },
  {
    code: 'bound-negative',
    places: texts,
    ways: [
      set('minLength', -1),
      set('minItems', -2),
      set('maxItems', -2),
      (place) => set('in' in place ? 'maxItems' : 'minProperties', -3)(place),
      (place) => set('in' in place ? 'maxLength' : 'maxProperties', -4)(place),
      set('minItems', 1.5),
    ],
  },
  { code: 'multiple-of-not-positive', places: numbers, ways: [set('multipleOf', 0), set('multipleOf', -1)] },
  {
    code: 'pattern-not-valid',
    places: texts,
    ways: [set('pattern', '^[a-z+$'), set('pattern', '(a'), set('pattern', '*a')],
  },
  {
    code: 'discriminator-not-required',
    places: objects,
    ways: [
      (place) => {
        place['discriminator'] = 'nothing';
      },
      (place) => {
        const properties = at(place, 'properties');
        properties['mark'] = { type: 'string', 'x-ms-summary': 'Mark', description: 'The mark of it.' };
        place['discriminator'] = 'mark';
      },
    ],
  },
  {
    code: 'required-not-defined',
    places: objects,
    ways: [
      (place) => {
        place['required'] = [...(Array.isArray(place['required']) ? place['required'] : []), 'titel'];
      },
      (place) => {
        place['required'] = [...(Array.isArray(place['required']) ? place['required'] : []), 'nothing'];
      },
    ],
  },
  {
    code: 'required-on-non-object',
    places: (document) => [...texts(document), ...schemasOf('array')(document)].filter((one) => !('in' in one)),
    ways: [set('required', ['id'])],
  },
  {
    code: 'required-read-only',
    places: (document) =>
      parametersIn('body')(document).flatMap((one) => {
        const schema = at(one, 'schema');
        const required = Array.isArray(schema['required']) ? schema['required'] : [];
        return required.map((name) => at(schema, 'properties', String(name)));
      }),
    ways: [
      set('readOnly', true),
      (place, document) => {
        set('readOnly', true)(place);
        const holder = having('required')(document).find((one) =>
          Object.values(one['properties'] ?? {}).includes(place),
        );
        const names = holder?.['required'];
        if (Array.isArray(names)) names.reverse();
      },
    ],
  },
  {
    code: 'required-loop',
    places: (document) => definitions(document).filter((one) => isDraft(one['properties'])),
    ways: [
      (place, document) => {
        const name = nameOf(document, place);
        at(place, 'properties')['parent'] = { $ref: `#/definitions/${name}` };
        place['required'] = [...(Array.isArray(place['required']) ? place['required'] : []), 'parent'];
      },
      (place, document) => {
        const name = nameOf(document, place);
        at(document, 'definitions')['Middle'] = {
          type: 'object',
          description: 'What stands between.',
          required: ['top'],
          properties: { top: { $ref: `#/definitions/${name}` } },
        };
        at(place, 'properties')['middle'] = { $ref: '#/definitions/Middle' };
        place['required'] = [...(Array.isArray(place['required']) ? place['required'] : []), 'middle'];
      },
    ],
  },
  {
    code: 'internal-default-optional',
    places: (document) => optionalInputs(document).filter((one) => one['type'] === 'string' && !('enum' in one)),
    ways: [
      (place) => {
        place['x-ms-visibility'] = 'internal';
        place['default'] = 'all';
      },
      (place) => {
        place['x-ms-visibility'] = 'Internal';
        place['default'] = '';
      },
    ],
  },
  {
    code: 'binary-nested',
    places: (document) =>
      properties(document).filter((one) => one['type'] === 'string' && !('x-ms-notification-url' in one)),
    ways: [set('format', 'binary')],
  },
  {
    code: 'format-unknown',
    places: texts,
    ways: [set('format', 'datetime'), set('format', 'guid'), set('format', 'x')],
  },
  {
    code: 'file-type-position',
    isOwnOnly: true,
    places: (document) =>
      texts(document).filter(
        (one) =>
          one['in'] !== 'formData' &&
          one['name'] !== 'kind' &&
          !('x-ms-notification-url' in one) &&
          !('x-ms-dynamic-values' in one),
      ),
    ways: [set('type', 'file')],
  },
  {
    code: 'editor-dictionary',
    places: texts,
    ways: [set('x-ms-editor', 'dictionary')],
  },
  {
    code: 'enum-label-duplicate',
    places: labels,
    ways: [
      (place, document) => {
        const holder = labelled(document).find(
          (one) => Array.isArray(one['x-ms-enum-values']) && one['x-ms-enum-values'].includes(place),
        );
        const all = holder?.['x-ms-enum-values'];
        if (Array.isArray(all)) all.push(structuredClone(place));
      },
    ],
  },
  { code: 'enum-label-unknown-value', places: labels, ways: [set('value', 'opened'), set('value', 1)] },
  { code: 'enum-label-missing', places: labels, ways: [remove('displayName'), set('displayName', ' ')] },
  {
    code: 'security-not-defined',
    places: operations,
    ways: [set('security', [{ key: [] }]), set('security', [{ api_key: [] }, { apikey: [] }])],
  },
  {
    code: 'security-scope-not-defined',
    isOwnOnly: true,
    places: operations,
    ways: [set('security', [{ oauth: ['raed'] }]), set('security', [{ oauth: ['read', 'everything'] }])],
  },
  {
    code: 'security-value-not-empty',
    isOwnOnly: true,
    places: operations,
    ways: [set('security', [{ api_key: ['read'] }])],
  },
  { code: 'security-requirement-empty', places: operations, ways: [set('security', [{}])] },
  {
    code: 'security-scheme-member',
    places: (document) => named('securityDefinitions')(document),
    ways: [
      set('second', { type: 'basic', name: 'Authorization' }),
      set('second', { type: 'basic', in: 'header' }),
      set('second', { type: 'apiKey', in: 'header', name: 'X-Second', flow: 'implicit' }),
      set('second', { type: 'apiKey', in: 'header', name: 'X-Second', scopes: {} }),
      set('second', { type: 'basic', flow: 'implicit' }),
    ],
  },
  {
    code: 'security-scheme-incomplete',
    places: (document) => named('oauth')(document),
    ways: [
      remove('authorizationUrl'),
      remove('tokenUrl'),
      remove('flow'),
      (place) => {
        delete place['authorizationUrl'];
        delete place['tokenUrl'];
      },
      (place) => {
        place['flow'] = 'password';
        delete place['tokenUrl'];
      },
    ],
  },
];

function nameOf(document: Draft, definition: Draft): string {
  return Object.entries(at(document, 'definitions')).find(([, value]) => value === definition)?.[0] ?? '';
}

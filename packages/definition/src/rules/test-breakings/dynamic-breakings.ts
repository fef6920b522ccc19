import type { Breaking } from './breaking.ts';
import {
  at,
  type Draft,
  type DraftValue,
  isDraft,
  listAt,
  named,
  operations,
  operationsOf,
  parametersIn,
  pathItems,
  remove,
  set,
} from './draft.ts';

const values = named('x-ms-dynamic-values');
const lists = named('x-ms-dynamic-list');
const schemaCalls = named('x-ms-dynamic-schema');
const propertyCalls = named('x-ms-dynamic-properties');
const operationCalled = (document: Draft, id: string): Draft => {
  const found = operations(document).find((one) => one['operationId'] === id);
  if (found === undefined) throw new Error(`There is no operation ${id}.`);
  return found;
};
/** The operation that a dynamic extension calls. */
const target = (place: Draft, document: Draft): Draft => operationCalled(document, String(place['operationId']));
/** The create operations: with a parameter kind, and a body with dynamic fields. */
const creating = (document: Draft): readonly Draft[] =>
  operations(document).filter((one) => /^Create/.test(String(one['operationId'])));
const fieldsOf = (operation: Draft): Draft =>
  at(
    listAt(operation, 'parameters')
      .filter(isDraft)
      .find((one) => one['in'] === 'body') ?? {},
    'schema',
    'properties',
    'fields',
  );
const bodyOf = (operation: Draft): Draft =>
  at(
    listAt(operation, 'parameters')
      .filter(isDraft)
      .find((one) => one['in'] === 'body') ?? {},
    'schema',
  );
const add = (operation: Draft, parameter: Draft): void => {
  const own = operation['parameters'];
  operation['parameters'] = [...(Array.isArray(own) ? own : []), parameter];
};
const labels: Draft = { 'x-ms-summary': 'Value', description: 'The value that is meant.' };
const query = (name: string, more: { readonly [name: string]: DraftValue } = {}): Draft => ({
  name,
  in: 'query',
  type: 'string',
  ...labels,
  ...more,
});
const named2 =
  (names: readonly string[]): ((document: Draft) => readonly Draft[]) =>
  (document) =>
    names.flatMap((name) => named(name)(document));
/** Properties of created things that may get a choice. */
const choosable = (document: Draft): readonly Draft[] =>
  parametersIn('body')(document)
    .flatMap((one) => Object.values(at(one, 'schema', 'properties')))
    .filter(isDraft)
    .filter((one) => one['type'] === 'string' && !('x-ms-notification-url' in one));
const firstList = (document: Draft): string =>
  String(operations(document).find((one) => /^List/.test(String(one['operationId'])))?.['operationId']);
const triggers = (document: Draft): readonly Draft[] => operations(document).filter((one) => 'x-ms-trigger' in one);
const hooks = (document: Draft): readonly Draft[] =>
  pathItems(document).filter((one) => 'x-ms-notification-content' in one);
const hookBodies = (document: Draft): readonly Draft[] =>
  hooks(document).map((item) => at(listAt(item, 'post', 'parameters').filter(isDraft)[0] ?? {}, 'schema'));
const callbacks = (document: Draft): readonly Draft[] =>
  hookBodies(document).map((schema) => at(schema, 'properties', 'callback'));
const wrapped = (schema: Draft): Draft => ({
  type: 'object',
  'x-ms-summary': 'Outer',
  description: 'What is around it.',
  required: ['callback'],
  properties: { callback: at(schema, 'properties', 'callback') },
});

export const dynamicBreakings: readonly Breaking[] = [
  {
    code: 'operation-id-not-found',
    places: named2(['x-ms-dynamic-values', 'x-ms-dynamic-list', 'x-ms-dynamic-schema', 'x-ms-dynamic-properties']),
    ways: [set('operationId', 'Nothing'), set('operationId', 'ListEverything')],
  },
  {
    code: 'dynamic-incomplete',
    places: named2(['x-ms-dynamic-values', 'x-ms-dynamic-list', 'x-ms-dynamic-properties']),
    ways: [remove('operationId')],
  },
  {
    code: 'dynamic-on-body-parameter',
    isOwnOnly: true,
    places: parametersIn('body'),
    ways: [
      (place, document) =>
        set('x-ms-dynamic-values', {
          operationId: firstList(document),
          'value-collection': 'value',
          'value-path': 'id',
        })(place),
      (place, document) =>
        set('x-ms-dynamic-list', { operationId: firstList(document), itemsPath: 'value', itemValuePath: 'id' })(place),
    ],
  },
  {
    code: 'dynamic-list-required-ambiguous',
    isOwnOnly: true,
    places: creating,
    ways: [
      (operation, document) => {
        add(operation, query('title'));
        at(bodyOf(operation), 'properties')['other'] = choiceBy(document, 'title');
      },
      (operation, document) => {
        at(bodyOf(operation), 'properties')['kind'] = { type: 'string', ...labels };
        at(bodyOf(operation), 'properties')['other'] = choiceBy(document, 'kind');
      },
    ],
  },
  {
    code: 'dynamic-list-required-property',
    isOwnOnly: true,
    places: creating,
    ways: [
      (operation, document) => {
        at(bodyOf(operation), 'properties')['other'] = choiceBy(document, 'title');
      },
      (operation, document) => {
        at(bodyOf(operation), 'properties')['other'] = choiceBy(document, 'body/title');
      },
    ],
  },
  {
    code: 'dynamic-properties-required-ambiguous',
    places: creating,
    ways: [
      (operation) => {
        at(bodyOf(operation), 'properties')['kind'] = { type: 'string', ...labels };
        delete fieldsOf(operation)['x-ms-dynamic-properties'];
      },
      (operation) => {
        add(operation, query('title', { required: true }));
        delete fieldsOf(operation)['x-ms-dynamic-properties'];
        at(fieldsOf(operation), 'x-ms-dynamic-schema')['parameters'] = { kind: { parameter: 'title' } };
      },
    ],
  },
  {
    code: 'dynamic-properties-required-property',
    places: creating,
    ways: [
      (operation) => {
        delete fieldsOf(operation)['x-ms-dynamic-properties'];
        at(fieldsOf(operation), 'x-ms-dynamic-schema')['parameters'] = { kind: { parameter: 'title' } };
      },
      (operation) => {
        delete fieldsOf(operation)['x-ms-dynamic-properties'];
        at(fieldsOf(operation), 'x-ms-dynamic-schema')['parameters'] = { kind: { parameter: 'body/title' } };
      },
    ],
  },
  {
    code: 'dynamic-properties-required-path',
    places: creating,
    ways: [
      (operation) => {
        delete fieldsOf(operation)['x-ms-dynamic-properties'];
        at(fieldsOf(operation), 'x-ms-dynamic-schema')['value-path'] = 'schema/properties';
      },
      (operation, document) => {
        const call = at(fieldsOf(operation), 'x-ms-dynamic-schema');
        delete fieldsOf(operation)['x-ms-dynamic-properties'];
        const answer = at(target(call, document), 'responses', '200', 'schema');
        answer['properties'] = { properties: { type: 'object', ...labels } };
        call['value-path'] = 'properties';
        for (const other of propertyCalls(document))
          if (other['operationId'] === call['operationId']) other['itemValuePath'] = '';
      },
    ],
  },
  {
    code: 'dynamic-value-path-mismatch',
    places: propertyCalls,
    ways: [remove('itemValuePath'), set('itemValuePath', '')],
  },
  {
    code: 'dynamic-tree-missing',
    places: choosable,
    ways: [set('x-ms-dynamic-values', { capability: 'file-picker', 'value-path': 'Path' })],
  },
  {
    code: 'dynamic-argument-unknown',
    isOwnOnly: true,
    places: (document) => [...values(document), ...lists(document)],
    ways: [set('parameters', { state: 'open' }), set('parameters', { Status: 'open' })],
  },
  {
    code: 'dynamic-reference-unknown',
    places: creating,
    ways: [
      (operation) => {
        at(fieldsOf(operation), 'x-ms-dynamic-schema')['parameters'] = { kind: { parameter: 'kindOfIt' } };
      },
      (operation) => {
        at(fieldsOf(operation), 'x-ms-dynamic-properties')['parameters'] = { kind: { parameterReference: 'kinds' } };
      },
    ],
  },
  {
    code: 'dynamic-argument-ambiguous',
    isOwnOnly: true,
    places: (document) => [...values(document), ...lists(document)],
    ways: [(place, document) => add(target(place, document), { ...query('status'), in: 'header' })],
  },
  {
    code: 'dynamic-argument-missing',
    places: (document) => [...schemaCalls(document), ...propertyCalls(document)],
    ways: [remove('parameters'), set('parameters', {})],
  },
  {
    code: 'dynamic-argument-optional',
    isOwnOnly: true,
    places: creating,
    ways: [
      (operation) => {
        for (const one of listAt(operation, 'parameters'))
          if (isDraft(one) && one['name'] === 'kind') delete one['required'];
      },
      (operation) => {
        for (const one of listAt(operation, 'parameters'))
          if (isDraft(one) && one['name'] === 'kind') one['required'] = false;
      },
    ],
  },
  {
    code: 'dynamic-argument-type',
    isOwnOnly: true,
    places: creating,
    ways: [
      (operation) => {
        for (const one of listAt(operation, 'parameters'))
          if (isDraft(one) && one['name'] === 'kind') one['type'] = 'integer';
      },
      (operation) => {
        for (const one of listAt(operation, 'parameters'))
          if (isDraft(one) && one['name'] === 'kind') one['type'] = 'boolean';
      },
    ],
  },
  {
    code: 'dynamic-argument-static-type',
    isOwnOnly: true,
    places: (document) => [...values(document), ...lists(document)],
    ways: [
      set('parameters', { pageSize: 'ten' }),
      set('parameters', { pageSize: '10' }),
      set('parameters', { status: 1 }),
    ],
  },
  {
    code: 'dynamic-reference-internal',
    isOwnOnly: true,
    places: creating,
    ways: [
      (operation) => {
        for (const one of listAt(operation, 'parameters'))
          if (isDraft(one) && one['name'] === 'kind')
            Object.assign(one, { 'x-ms-visibility': 'internal', default: 'plain' });
      },
      (operation) => {
        for (const one of listAt(operation, 'parameters'))
          if (isDraft(one) && one['name'] === 'kind') one['x-ms-visibility'] = 'Internal';
      },
    ],
  },
  {
    code: 'dynamic-result-no-array',
    isOwnOnly: true,
    places: (document) => [...values(document), ...lists(document)],
    ways: [
      (place) => set('value-collection' in place ? 'value-collection' : 'itemsPath', 'entries')(place),
      (place) => set('value-collection' in place ? 'value-collection' : 'itemsPath', 'nextLink')(place),
    ],
  },
  {
    code: 'dynamic-result-no-property',
    places: creating,
    ways: [
      (operation) => {
        at(fieldsOf(operation), 'x-ms-dynamic-schema')['value-path'] = 'shema';
        at(fieldsOf(operation), 'x-ms-dynamic-properties')['itemValuePath'] = 'shema';
      },
      (operation) => {
        at(fieldsOf(operation), 'x-ms-dynamic-schema')['value-path'] = 'fields';
        at(fieldsOf(operation), 'x-ms-dynamic-properties')['itemValuePath'] = 'fields';
      },
    ],
  },
  {
    code: 'dynamic-item-no-property',
    places: (document) => [...values(document), ...lists(document)],
    ways: [
      (place) => set('value-path' in place ? 'value-path' : 'itemValuePath', 'key')(place),
      (place) => set('value-title' in place ? 'value-title' : 'itemTitlePath', 'name')(place),
    ],
  },
  {
    code: 'notification-content-missing',
    places: hooks,
    ways: [
      remove('x-ms-notification-content'),
      (item) => {
        delete item['x-ms-notification-content'];
        at(item, 'post')['x-ms-trigger'] = 'batch';
      },
    ],
  },
  {
    code: 'notification-url-position',
    places: (document) => [...parametersIn('query')(document), ...parametersIn('path')(document)],
    ways: [set('x-ms-notification-url', true)],
  },
  {
    code: 'notification-url-not-string',
    places: callbacks,
    ways: [remove('type'), set('type', 'integer'), set('type', 'object')],
  },
  {
    code: 'notification-url-not-internal',
    places: callbacks,
    ways: [remove('x-ms-visibility'), set('x-ms-visibility', 'advanced')],
  },
  {
    code: 'notification-url-not-required',
    places: hookBodies,
    ways: [
      remove('required'),
      set('required', ['topic']),
      (schema) => {
        schema['properties'] = { outer: wrapped(schema) };
        delete schema['required'];
      },
    ],
  },
  {
    code: 'notification-on-webhook',
    places: (document) => hooks(document).map((item) => at(item, 'post')),
    ways: [
      (operation) => set('x-ms-notification', { operationId: String(operation['operationId']) })(operation),
      (operation, document) => {
        const [other] = hooks(document);
        set('x-ms-notification', { operationId: String(at(other ?? {}, 'post')['operationId']) })(operation);
      },
    ],
  },
  {
    code: 'notification-without-trigger',
    places: (document) => operationsOf('get')(document).filter((one) => !('x-ms-trigger' in one)),
    ways: [
      (operation, document) => {
        const [hook] = hooks(document);
        set('x-ms-notification', { operationId: String(at(hook ?? {}, 'post')['operationId']) })(operation);
      },
    ],
  },
  {
    code: 'notification-target-not-webhook',
    places: (document) => triggers(document).filter((one) => one['x-ms-trigger'] === 'batch'),
    ways: [
      (operation, document) => set('x-ms-notification', { operationId: firstList(document) })(operation),
      (operation) => set('x-ms-notification', { operationId: String(operation['operationId']) })(operation),
    ],
  },
  {
    code: 'batch-without-array',
    places: (document) => triggers(document).filter((one) => one['x-ms-trigger'] === 'batch'),
    ways: [
      (operation) => set('schema', { type: 'string', ...labels })(at(operation, 'responses', '200')),
      (operation) =>
        set('schema', { type: 'object', properties: { id: { type: 'string', ...labels } } })(
          at(operation, 'responses', '200'),
        ),
    ],
  },
  {
    code: 'next-link-name',
    places: named('x-ms-pageable'),
    ways: [set('nextLinkName', 'next'), set('nextLinkName', 'NextLink'), remove('nextLinkName')],
  },
  {
    code: 'replacement-not-deprecated',
    places: (document) => operations(document).filter((one) => !('x-ms-api-annotation' in one)),
    ways: [set('x-ms-api-annotation', { replacement: { api: 'Loans', operationId: 'ListThings' } })],
  },
  {
    code: 'replacement-incomplete',
    places: (document) =>
      operations(document).filter((one) => !('x-ms-api-annotation' in one) && !('x-ms-trigger' in one)),
    ways: [
      (operation) => deprecate(operation, { replacement: { operationId: 'ListThings' } }),
      (operation) => deprecate(operation, { replacement: { api: 'Loans' } }),
    ],
  },
  {
    code: 'revision-missing',
    isOwnOnly: true,
    places: annotated,
    ways: [
      (annotation, document) => addToFamily(document, annotation, { family: String(annotation['family']) }),
      (annotation, document) => {
        delete annotation['revision'];
        addToFamily(document, annotation, { ...annotation, revision: 2 }, '_V2');
      },
    ],
  },
  {
    code: 'family-empty-revisions',
    isOwnOnly: true,
    places: annotated,
    ways: [
      (annotation, document) => {
        delete annotation['revision'];
        addToFamily(document, annotation, { family: String(annotation['family']) });
      },
      (annotation, document) => {
        addToFamily(document, annotation, { family: String(annotation['family']) });
        addToFamily(document, annotation, { family: String(annotation['family']) }, 'OnceMore');
        deprecate(operations(document).at(-1) ?? {}, { family: String(annotation['family']) });
      },
    ],
  },
  {
    code: 'family-duplicate-revisions',
    isOwnOnly: true,
    places: annotated,
    ways: [
      (annotation, document) => addToFamily(document, annotation, { ...annotation, status: 'Preview' }),
      (annotation, document) => {
        annotation['revision'] = 7;
        addToFamily(document, annotation, { ...annotation }, 'Again_V7');
        const operation = operations(document).find((one) => one['x-ms-api-annotation'] === annotation);
        set('operationId', `${operation?.['operationId']}_V7`)(operation ?? {});
      },
    ],
  },
  {
    code: 'family-many-active',
    isOwnOnly: true,
    places: annotated,
    ways: [
      (annotation, document) => {
        addToFamily(document, annotation, { ...annotation, revision: 2 }, '_V2');
        addToFamily(document, annotation, { ...annotation, revision: 3 }, '_V3');
      },
      (annotation, document) => {
        for (const revision of [2, 3, 4, 5])
          addToFamily(document, annotation, { ...annotation, revision }, `_V${revision}`);
      },
    ],
  },
  {
    code: 'family-many-production',
    isOwnOnly: true,
    places: annotated,
    ways: [
      (annotation, document) => {
        at(document, 'info', 'x-ms-api-annotation')['status'] = 'Production';
        annotation['status'] = 'Production';
        addToFamily(document, annotation, { ...annotation, revision: 2 }, '_V2');
      },
      (annotation, document) => {
        at(document, 'info', 'x-ms-api-annotation')['status'] = 'Production';
        annotation['status'] = 'production';
        addToFamily(document, annotation, { ...annotation, revision: 9, status: 'PRODUCTION' }, '_V9');
      },
    ],
  },
  {
    code: 'operation-id-revision',
    isOwnOnly: true,
    places: annotated,
    ways: [set('revision', 2), set('revision', 3)],
  },
  {
    code: 'production-on-preview',
    isOwnOnly: true,
    places: annotated,
    ways: [set('status', 'Production'), set('status', 'production')],
  },
  {
    code: 'operations-many',
    isOwnOnly: true,
    places: (document) => pathItems(document).slice(0, 5),
    ways: [(_, document) => addOperations(document, 240)],
  },
  {
    code: 'definition-large',
    places: (document) => operations(document),
    ways: [(operation) => set('x-note', 'x'.repeat(1024 * 1024))(operation)],
  },
  {
    code: 'body-schemas-many',
    places: (document) => parametersIn('body')(document),
    ways: [(parameter) => widen(at(parameter, 'schema'), 520)],
  },
  {
    code: 'operation-schemas-many',
    along: ['body-schemas-many'],
    places: (document) => parametersIn('body')(document),
    ways: [(parameter, document) => deepen(at(parameter, 'schema'), document)],
  },
];

function annotated(document: Draft): readonly Draft[] {
  return named('x-ms-api-annotation')(document).filter((one) => 'family' in one);
}

/** A choice from the first list, by a parameter of its own operation. */
function choiceBy(document: Draft, name: string): Draft {
  return {
    type: 'string',
    ...labels,
    'x-ms-dynamic-values': {
      operationId: firstList(document),
      parameters: { status: { parameter: name } },
      'value-collection': 'value',
      'value-path': 'id',
      'value-title': 'title',
    },
  };
}

function deprecate(operation: Draft, annotation: Draft): void {
  operation['deprecated'] = true;
  operation['summary'] = `${operation['summary']} (deprecated)`;
  operation['description'] = `${String(operation['description']).replace(/\.$/, '')} (deprecated).`;
  operation['x-ms-api-annotation'] = annotation;
}

/** Another operation of the family that an annotation names. */
function addToFamily(document: Draft, annotation: Draft, other: Draft, suffix = 'Again'): void {
  const operation = operations(document).find((one) => one['x-ms-api-annotation'] === annotation) ?? {};
  at(document, 'paths')[`/again${suffix.toLowerCase()}`] = {
    get: {
      operationId: `${operation['operationId']}${suffix}`,
      summary: 'Do it again',
      description: 'Does the same once more.',
      responses: { '204': { description: 'It is done.' } },
      'x-ms-api-annotation': other,
    },
  };
}

function addOperations(document: Draft, count: number): void {
  for (let index = 0; index < count; index += 1) {
    at(document, 'paths')[`/more-${index}`] = {
      get: {
        operationId: `More${index}`,
        summary: `Do more of ${index}`,
        description: 'Does something more.',
        responses: { '204': { description: 'It is done.' } },
      },
    };
  }
}

function widen(schema: Draft, count: number): void {
  const all = at(schema, 'properties');
  for (let index = 0; index < count; index += 1) all[`field${index}`] = { type: 'string', ...labels };
}

/** A property of three times thirty-two properties, thirty-two each. */
function deepen(schema: Draft, document: Draft): void {
  const level = (name: string, inner: DraftValue): void => {
    const fields = Array.from({ length: 32 }, (_, index): [string, DraftValue] => [
      `field${index}`,
      structuredClone(inner),
    ]);
    at(document, 'definitions')[name] = {
      type: 'object',
      description: 'A level.',
      properties: Object.fromEntries(fields),
    };
  };
  level('Low', { type: 'string', ...labels });
  level('Middle', { $ref: '#/definitions/Low' });
  level('High', { $ref: '#/definitions/Middle' });
  at(schema, 'properties')['high'] = { $ref: '#/definitions/High' };
}

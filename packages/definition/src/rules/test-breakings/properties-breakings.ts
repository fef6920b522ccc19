import type { Breaking, ConnectorDraft } from './breaking.ts';
import {
  at,
  type Draft,
  isDraft,
  listAt,
  operations,
  operationsOf,
  parametersIn,
  properties,
  responses,
  set,
} from './draft.ts';

const about = (_: Draft, files: ConnectorDraft): readonly Draft[] => [at(files.properties, 'properties')];
const firstId = (document: Draft): string => String(operations(document)[0]?.['operationId']);
const policy = (operationNames: readonly string[]): Draft => ({
  templateId: 'setheader',
  title: 'Name the caller',
  parameters: {
    'x-ms-apimTemplateParameter.name': 'X-Caller',
    'x-ms-apimTemplateParameter.value': 'patchbay',
    'x-ms-apimTemplateParameter.existsAction': 'override',
    'x-ms-apimTemplate-policySection': 'Request',
    'x-ms-apimTemplate-operationName': [...operationNames],
  },
});
const columns = (document: Draft): readonly Draft[] => properties(document).filter((one) => one['type'] === 'string');
const answered = (document: Draft): readonly Draft[] =>
  responses(document)
    .flatMap((one) => (isDraft(one['schema']) ? [one['schema']] : []))
    .flatMap((schema) => Object.values(isDraft(schema['properties']) ? schema['properties'] : {}))
    .filter(isDraft);
const sent = (document: Draft): readonly Draft[] =>
  parametersIn('body')(document)
    .flatMap((one) => Object.values(at(one, 'schema', 'properties')))
    .filter(isDraft);
const filter = (...functions: readonly (string | number)[]) =>
  set('x-ms-capabilities', { filterFunctions: [...functions] });
const tested = (operation: Draft, document: Draft): void => {
  document['x-ms-capabilities'] = { testConnection: { operationId: String(operation['operationId']), parameters: {} } };
};

export const propertiesBreakings: readonly Breaking[] = [
  {
    code: 'script-operation-not-found',
    places: about,
    ways: [
      set('scriptOperations', ['Nothing']),
      set('scriptOperations', ['ListEverything', 'Nothing']),
      (place, document) => set('scriptOperations', [firstId(document), 'Nothing'])(place),
      (place, document) => set('scriptOperations', [firstId(document).toLowerCase()])(place),
      (place, document) => set('scriptOperations', [` ${firstId(document)}`])(place),
    ],
  },
  {
    code: 'policy-operation-not-found',
    places: about,
    ways: [
      set('policyTemplateInstances', [policy(['Nothing'])]),
      set('policyTemplateInstances', [policy([]), policy(['Nothing', 'Everything'])]),
      (place, document) => set('policyTemplateInstances', [policy([firstId(document), 'Nothing'])])(place),
      (place, document) => set('policyTemplateInstances', [policy([firstId(document).toLowerCase()])])(place),
      (place, document) => set('policyTemplateInstances', [policy([`${firstId(document)}_V2`])])(place),
    ],
  },
  { code: 'filter-functions-empty', places: answered, ways: [filter()] },
  { code: 'filter-functions-duplicate', places: answered, ways: [filter('eq', 'eq'), filter('eq', 'ne', 'eq')] },
  {
    code: 'filter-functions-value',
    isOwnOnly: true,
    places: (document) => columns(document).filter((one) => !sent(document).includes(one)),
    ways: [filter('equals'), filter('eq', 7), filter('like')],
  },
  { code: 'filter-functions-input', places: sent, ways: [filter('eq'), filter('contains', 'startswith')] },
  {
    code: 'test-connection-unfit',
    places: (document) => [
      ...operationsOf('post')(document),
      ...operationsOf('get')(document).filter(
        (one) => /Schema$/.test(String(one['operationId'])) && listAt(one, 'parameters').length > 0,
      ),
    ],
    ways: [tested],
  },
];

import { expect, it } from 'vitest';
import { namedReferences } from './named-references.ts';

it('finds the connections that a document lists and those that its definition names', () => {
  const definition = {
    triggers: { T: { type: 'ApiConnection', inputs: { host: { connection: { referenceName: 'mail' } } } } },
    actions: {
      A: { type: 'OpenApiConnection', inputs: { host: { connectionName: 'library', operationId: 'X' } } },
      D: { inputs: { host: { connection: { name: "@parameters('$connections')['queue']['connectionId']" } } } },
      B: { actions: { C: { inputs: { host: { connectionName: 'library' } } } } },
    },
  };
  const connectionReferences = { sql: { api: { name: 'shared_sql' } }, mail: {} };
  expect(namedReferences({ displayName: 'F', definition, parameters: {}, connectionReferences })).toEqual([
    'library',
    'mail',
    'queue',
    'sql',
  ]);
});

import type { JsonValue } from '@patchbay/expression';
import { expect, it } from 'vitest';
import { readWorkflowFile } from '../document/read-workflow-file.ts';
import type { Dialect } from './dialect.ts';
import { findDialect } from './find-dialect.ts';

const request = { manual: { type: 'Request', kind: 'Http' } };

function acting(action: JsonValue): JsonValue {
  return { triggers: request, actions: { A: action } };
}

function hosted(host: JsonValue, type = 'ApiConnection'): JsonValue {
  return acting({ type, inputs: { host } });
}

const definitions: readonly (readonly [string, JsonValue, Dialect | undefined])[] = [
  ['nothing of any product', acting({ type: 'Compose', inputs: 1 }), undefined],
  [
    'a connection of Logic Apps',
    hosted({ connection: { name: "@parameters('$connections')['sql']['connectionId']" } }),
    undefined,
  ],
  ['the caller’s sign-in', { ...request, parameters: { $authentication: { type: 'SecureObject' } } }, 'powerAutomate'],
  [
    'an environment variable',
    { parameters: { 'Url (x_Url)': { metadata: { schemaName: 'x_Url' } } } },
    'powerAutomate',
  ],
  [
    'an OpenApi type, deep inside',
    acting({
      type: 'If',
      else: { actions: { B: { type: 'Switch', cases: { C: { actions: { D: { type: 'openApiConnection' } } } } } } },
    }),
    'powerAutomate',
  ],
  [
    'a connector of Power Automate',
    hosted({ connection: { name: "@parameters('$connections')['shared_sql']['connectionId']" } }),
    'powerAutomate',
  ],
  ['a child flow', hosted({ workflowReferenceName: 'x' }, 'Workflow'), 'powerAutomate'],
  ['a button', { triggers: { manual: { type: 'Request', kind: 'Button' } } }, 'powerAutomate'],
  ['a connection of Standard', hosted({ connection: { referenceName: 'sql' } }), 'standard'],
  ['a built-in service', acting({ type: 'Until', actions: { B: { type: 'ServiceProvider' } } }), 'standard'],
  ['a kind', { ...request, kind: 'Stateful' }, 'standard'],
  ['a stateless kind', { ...request, kind: 'stateless' }, 'standardStateless'],
];

it.each(definitions)('tells by %s which product a definition was written for', (_what, definition, dialect) => {
  expect(findDialect(definition)).toBe(dialect);
});

const definition = acting({ type: 'Compose', inputs: 1 });

const documents: readonly (readonly [string, JsonValue, Dialect | undefined])[] = [
  ['a bare definition', definition, undefined],
  ['a resource', { type: 'Microsoft.Logic/workflows', properties: { definition } }, 'consumption'],
  [
    'a resource in a template',
    { resources: [{ type: 'microsoft.logic/Workflows', properties: { definition } }] },
    'consumption',
  ],
  ['a Standard workflow', { definition, kind: 'Stateful' }, 'standard'],
  ['a stateless workflow', { definition, kind: 'Stateless' }, 'standardStateless'],
  ['a file of a flow package', { type: 'Microsoft.Flow/flows', properties: { definition } }, 'powerAutomate'],
  [
    'a file of a solution',
    { schemaVersion: '1.0.0.0', properties: { definition, connectionReferences: {} } },
    'powerAutomate',
  ],
  [
    'a resource with a definition of Power Automate',
    { type: 'Microsoft.Logic/workflows', properties: { definition: hosted({}, 'OpenApiConnection') } },
    'powerAutomate',
  ],
];

it.each(documents)('takes from the form of %s which product it was written for', (_what, document, dialect) => {
  expect(readWorkflowFile(document)?.dialect).toBe(dialect);
});

it('reads a definition that nests deeper than a stack', () => {
  let inner: JsonValue = { A: { type: 'OpenApiConnection' } };
  for (let depth = 0; depth < 100_000; depth++) inner = { S: { type: 'Scope', actions: inner } };
  expect(findDialect({ actions: inner })).toBe('powerAutomate');
});

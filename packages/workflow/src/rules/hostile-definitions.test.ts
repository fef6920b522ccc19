import type { JsonValue } from '@patchbay/expression';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileDefinition } from '../plan/compile-definition.ts';

const many = 8_000;
const triggers: JsonValue = { manual: { type: 'Request' } };
const given = { connectionReferences: [], findConnector: () => undefined };

/** How many findings there are of each code. */
function counts(definition: JsonValue): { readonly [code: string]: number } {
  const found: { [code: string]: number } = {};
  for (const { code } of compileDefinition(definition, given).findings) found[code] = (found[code] ?? 0) + 1;
  return found;
}

const named = (count: number, entry: (index: number) => JsonValue): JsonValue =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`N${index}`, entry(index)]));
const after = (...names: readonly string[]): JsonValue =>
  Object.fromEntries(names.map((name) => [name, ['Succeeded']]));
function nest(levels: number, around: (inner: JsonValue, level: number) => JsonValue): JsonValue {
  let value: JsonValue = {};
  for (let level = 0; level < levels; level += 1) value = around(value, level);
  return value;
}

type Hostile = readonly [what: string, definition: JsonValue, expected: { readonly [code: string]: number }];

const hostile: readonly Hostile[] = [
  [
    'lists in lists',
    { triggers, actions: { A: { type: 'Compose', inputs: nest(many, (inner) => [inner]) } } },
    { 'definition-invalid': 1 },
  ],
  [
    'scopes in scopes',
    { triggers, actions: nest(many, (inner, level) => ({ [`S${level}`]: { type: 'Scope', actions: inner } })) },
    { 'definition-invalid': 1 },
  ],
  [
    'conditions in conditions',
    { triggers, actions: { I: { type: 'If', expression: nest(many, (inner) => ({ not: inner })), actions: {} } } },
    { 'definition-invalid': 1 },
  ],
  [
    'a long chain whose actions look at the first, the last and the one before',
    {
      triggers,
      actions: named(many, (index) => ({
        type: 'Compose',
        inputs: `@{outputs('N0')} @{outputs('N${Math.max(0, index - 1)}')} @{outputs('N${many - 1}')}`,
        runAfter: index === 0 ? {} : after(`N${index - 1}`),
      })),
    },
    { 'actions-many': 1, 'reference-not-before': 200 },
  ],
  [
    'actions that all wait for two others and look at a third',
    {
      triggers,
      actions: named(many, (index) => ({
        type: 'Compose',
        inputs: `@outputs('N${(index * 7919) % Math.max(1, index)}')`,
        runAfter: index < 2 ? {} : after(`N${index - 1}`, `N${index - 2}`),
      })),
    },
    { 'actions-many': 1, 'reference-not-before': 1 },
  ],
  [
    'two sides that look across',
    {
      triggers,
      actions: named(many, (index) => ({
        type: 'Compose',
        inputs: `@outputs('N${index ^ 1}')`,
        runAfter: index < 4 ? {} : after(`N${index - 2}`, `N${index - 4}`),
      })),
    },
    { 'actions-many': 1, 'reference-not-before': 200 },
  ],
  [
    'actions that nobody knows',
    { triggers, actions: named(many, () => ({ type: 'Magic', inputs: "@body('Gone')" })) },
    { 'actions-many': 1, 'action-type-unknown': 200, 'reference-unknown': 200 },
  ],
  [
    'an action that waits for all',
    {
      triggers,
      actions: {
        ...(named(many, () => ({ type: 'Compose', inputs: 1 })) as object),
        End: { type: 'Compose', inputs: 1, runAfter: named(many, () => ['Succeeded']) },
      },
    },
    { 'actions-many': 1 },
  ],
  [
    'a ring',
    {
      triggers,
      actions: named(many, (index) => ({ type: 'Compose', inputs: 1, runAfter: after(`N${(index + 1) % many}`) })),
    },
    { 'actions-many': 1, 'run-after-cycle': 1 },
  ],
  [
    'an expression of a million characters',
    { triggers, actions: { A: { type: 'Compose', inputs: `@concat(${"'a',".repeat(250_000)}'b')` } } },
    { 'expression-invalid': 1 },
  ],
  [
    'an expression that nests deep',
    { triggers, actions: { A: { type: 'Compose', inputs: `@${'string('.repeat(1_000)}1${')'.repeat(1_000)}` } } },
    { 'expression-invalid': 1 },
  ],
  [
    'a text of many expressions',
    { triggers, actions: { A: { type: 'Compose', inputs: "@{range(1,100000)}@{int('x')}".repeat(20_000) } } },
    { 'expression-argument': 63 },
  ],
  [
    'many texts of expressions that fail',
    {
      triggers,
      actions: { A: { type: 'Compose', inputs: Array.from({ length: many }, (_, index) => `@int('x${index}')`) } },
    },
    { 'expression-argument': 200 },
  ],
  [
    'many texts of constants that make much',
    { triggers, actions: { A: { type: 'Compose', inputs: Array.from({ length: many }, () => '@range(1, 16000)') } } },
    {},
  ],
  [
    'many functions that there are not',
    {
      triggers,
      actions: { A: { type: 'Compose', inputs: Array.from({ length: many }, (_, index) => `@lenght${index}()`) } },
    },
    { 'expression-invalid': 200 },
  ],
  [
    'responses side by side',
    { triggers, actions: named(2_000, () => ({ type: 'Response', inputs: { statusCode: 200 } })) },
    { 'actions-many': 1, 'response-in-parallel': 199 },
  ],
  [
    'variables, and names that are near to none of them',
    {
      triggers,
      actions: {
        ...(named(many, (index) => ({
          type: 'InitializeVariable',
          inputs: { variables: [{ name: `v${index}`, type: 'string', value: `@{variables('w${index}')}` }] },
        })) as object),
      },
    },
    { 'actions-many': 1, 'variables-many': 1, 'variable-unknown': 200 },
  ],
  [
    'more actions than are read',
    { triggers, actions: named(100_000, () => ({ type: 'Compose', inputs: 1 })) },
    { 'definition-invalid': 1 },
  ],
  [
    'more actions than are read, in scopes',
    {
      triggers,
      actions: named(1_000, (scope) => ({
        type: 'Scope',
        actions: Object.fromEntries(
          Array.from({ length: 10 }, (_, index) => [`S${scope}_${index}`, { type: 'Compose', inputs: 1 }]),
        ),
      })),
    },
    { 'actions-many': 1, 'definition-invalid': 1 },
  ],
];

// Definitions of this size are not for the runner to print.
it.each(hostile.map(([what], index) => [what, index] as const))('gets through %s', (_what, index) => {
  const [, definition, expected] = hostile[index] ?? expect.unreachable();
  expect(counts(definition)).toEqual(expected);
});

const names = fc.constantFrom('A', 'b', 'B', 'Each', '__proto__', 'constructor', 'toString', '', 'manual');
const expressions = fc.constantFrom(
  "@body('A')",
  "@outputs('b')?['x/y']",
  "@items('Each')",
  "@iterationIndexes('b')",
  "@variables('A')",
  "@result('Each')",
  '@item()',
  "@parameters('p')",
  '@triggerBody()',
  '@listCallbackUrl()',
  "@{body('B')} and @{variables(concat('a', 'b'))}",
  "@add('1', null)",
  '@nothing(',
  "@body('__proto__')",
  '@@x',
);
const types = fc.constantFrom(
  'Compose',
  'Scope',
  'If',
  'Switch',
  'Foreach',
  'Until',
  'Response',
  'Terminate',
  'InitializeVariable',
  'SetVariable',
  'AppendToArrayVariable',
  'OpenApiConnection',
  'ApiConnection',
  'Workflow',
  'Select',
  'Query',
);
const members = fc.constantFrom(
  'name',
  'value',
  'variables',
  'host',
  'parameters',
  'operationId',
  'from',
  'where',
  'select',
  'type',
);
const { action } = fc.letrec<{ action: JsonValue; actions: JsonValue; inputs: JsonValue }>((tie) => ({
  inputs: fc.oneof(
    { maxDepth: 3 },
    expressions,
    fc.constantFrom<JsonValue>(null, 1, true, 'A', []),
    fc.array(tie('inputs'), { maxLength: 2 }),
    fc.dictionary(fc.oneof(members, names), tie('inputs'), { maxKeys: 4 }),
  ),
  // Branches of branches would grow without an end.
  actions: fc.oneof(
    { maxDepth: 2, depthIdentifier: 'actions' },
    fc.constant({}),
    fc.dictionary(names, tie('action'), { maxKeys: 2, depthIdentifier: 'actions' }),
  ),
  action: fc.record(
    {
      type: types,
      inputs: tie('inputs'),
      runAfter: fc.dictionary(names, fc.constantFrom<JsonValue>(['Succeeded'], ['Skipped', 'FAILED'], [], null), {
        maxKeys: 3,
      }),
      actions: tie('actions'),
      else: fc.record({ actions: tie('actions') }),
      cases: fc.dictionary(names, fc.record({ case: expressions, actions: tie('actions') }), { maxKeys: 2 }),
      foreach: expressions,
      expression: tie('inputs'),
      trackedProperties: tie('inputs'),
      description: fc.string(),
    },
    { requiredKeys: ['type'] },
  ),
}));

it('says something of any flow and never throws, and says the same to the engine of one that it lets pass', () => {
  fc.assert(
    fc.property(fc.dictionary(names, action, { maxKeys: 6 }), (actions) => {
      const { plan, findings } = compileDefinition({ triggers, actions }, given);
      const keys = findings.map(({ code, pointer, message }) => `${code} ${pointer} ${message}`);
      expect(keys).toEqual([...new Set(keys)]);
      const unchecked = compileDefinition({ triggers, actions }, { checks: 'none' });
      if (plan !== undefined) expect(unchecked.plan?.actions.length).toBe(plan.actions.length);
      return findings.every(({ pointer }) => pointer === '' || pointer.startsWith('/'));
    }),
    { seed: 20261125, numRuns: 500 },
  );
});

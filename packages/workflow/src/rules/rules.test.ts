import type { JsonValue } from '@patchbay/expression';
import { expect, it } from 'vitest';
import type { FindingCode } from '../findings.ts';
import { compileDefinition } from '../plan/compile-definition.ts';
import type { ConnectorShape, OperationShape } from './connector-shape.ts';
import { describeFlowRules } from './describe-rules.ts';
import { flowRules } from './rule-table.ts';

const rules = describeFlowRules();

const getBook: OperationShape = {
  operationId: 'GetBook',
  required: ['id'],
  known: ['id', 'language'],
  takes: (name) => name === 'id' || name === 'language',
};
const addBook: OperationShape = {
  operationId: 'AddBook',
  required: ['book/title', 'book/author/name'],
  known: ['book', 'book/title'],
  takes: (name) => name === 'book' || name.startsWith('book/'),
};
const books: ConnectorShape = {
  displayName: 'Books',
  operations: new Map([getBook, addBook].map((operation) => [operation.operationId, operation])),
  match: (method, path) => (method === 'GET' && /^\/books\/[^/]+$/.test(path) ? getBook : undefined),
};

/** What the examples may rely on. */
const given = {
  connectionReferences: ['shared_books'],
  findConnector: (reference: string) => (reference === 'shared_books' ? books : undefined),
};

function codesOf(definition: JsonValue, code: FindingCode): readonly string[] {
  const parameters = code === 'parameter-missing' ? { parameters: {} } : {};
  return compileDefinition(definition, { ...given, ...parameters }).findings.map((finding) => finding.code);
}

const named = (count: number, entry: (index: number) => JsonValue): JsonValue =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`N${index}`, entry(index)]));
const compose: JsonValue = { type: 'Compose', inputs: 1 };
const initialize = (index: number): JsonValue => ({
  type: 'InitializeVariable',
  inputs: { variables: [{ name: `v${index}`, type: 'string' }] },
});
const nested = (levels: number): JsonValue =>
  levels === 1 ? { L1: compose } : { [`L${levels}`]: { type: 'Scope', actions: nested(levels - 1) } };

/** Examples that are too long for their descriptions: one past the limit, and one at it. */
const limits: Partial<Record<FindingCode, (isPast: boolean) => JsonValue>> = {
  'actions-many': (isPast) => ({ actions: named(isPast ? 501 : 500, () => compose) }),
  'nesting-deep': (isPast) => ({ actions: nested(isPast ? 9 : 8) }),
  'triggers-many': (isPast) => ({ triggers: named(isPast ? 11 : 10, () => ({ type: 'Request' })) }),
  'parameters-many': (isPast) => ({
    parameters: named(isPast ? 51 : 50, () => ({ type: 'String', defaultValue: '' })),
    actions: {},
  }),
  'outputs-many': (isPast) => ({
    outputs: named(isPast ? 11 : 10, () => ({ type: 'String', value: '' })),
    actions: {},
  }),
  'variables-many': (isPast) => ({ actions: named(isPast ? 251 : 250, initialize) }),
  'cases-many': (isPast) => ({
    actions: {
      S: { type: 'Switch', expression: 1, cases: named(isPast ? 26 : 25, (index) => ({ case: index, actions: {} })) },
    },
  }),
  'description-long': (isPast) => ({
    actions: { A: { type: 'Compose', inputs: 1, description: 'x'.repeat(isPast ? 257 : 256) } },
  }),
  'tracked-properties-long': (isPast) => ({
    actions: { A: { type: 'Compose', inputs: 1, trackedProperties: 'x'.repeat(isPast ? 15_999 : 15_998) } },
  }),
};

const parse = (text: string): JsonValue => JSON.parse(text) as JsonValue;
/** Checked by the server, which has the other flow. */
const elsewhere: ReadonlySet<FindingCode> = new Set(['called-flow-without-response']);

it.each(rules.filter(({ code }) => !elsewhere.has(code)))('finds $code where it is, and only there', (rule) => {
  const build = limits[rule.code];
  const [bad, good] = build === undefined ? [parse(rule.bad), parse(rule.good)] : [build(true), build(false)];
  expect(codesOf(bad, rule.code)).toContain(rule.code);
  expect(codesOf(good, rule.code)).toEqual([]);
});

it('finds nothing but the rule in the bad example of a rule', () => {
  const others = flowRules
    .filter(({ code }) => limits[code] === undefined)
    .map((rule) => ({
      code: rule.code,
      along: codesOf(parse(rule.bad), rule.code).filter((code) => code !== rule.code),
    }));
  expect(others.filter(({ along }) => along.length > 0)).toEqual([]);
});

it('describes each code once', () => {
  const codes = rules.map(({ code }) => code);
  expect(codes).toEqual([...new Set(codes)]);
});

const host = { connectionName: 'shared_books' };
const addCall = (parameters: JsonValue): JsonValue => ({
  actions: { Add: { type: 'OpenApiConnection', inputs: { host: { ...host, operationId: 'AddBook' }, parameters } } },
});
const requestCall = (method: string, path: string): JsonValue => ({
  actions: {
    Ask: { type: 'ApiConnection', inputs: { host: { connection: { referenceName: 'shared_books' } }, method, path } },
  },
});

it.each<[string, JsonValue, readonly string[]]>([
  ['a body in parts', addCall({ 'book/title': 'x', 'book/author/name': 'y' }), []],
  ['a body whole', addCall({ book: { title: 'x', author: '@triggerBody()' } }), []],
  ['a body that is computed', addCall({ book: '@triggerBody()' }), []],
  ['parameters that are computed', addCall('@triggerBody()'), []],
  ['a name that is computed', addCall({ '@{triggerBody()}': 1 }), []],
  [
    'a body without a part',
    addCall({ 'book/title': 'x' }),
    [
      'warning operation-parameter-missing /actions/Add/inputs/parameters: "Add" does not give "book/author/name", which the operation "AddBook" requires',
    ],
  ],
  [
    'a whole body without a part',
    addCall({ book: { author: {} } }),
    [
      'warning operation-parameter-missing /actions/Add/inputs/parameters: "Add" does not give "book/title", which the operation "AddBook" requires',
    ],
  ],
  ['a request of an operation', requestCall('get', "/books/@{encodeURIComponent('}')}"), []],
  [
    'a request of none',
    requestCall('delete', '/books/1'),
    [
      'warning operation-unknown /actions/Ask/inputs/path: "Ask" makes the request DELETE /books/1, which is no operation of "Books"',
    ],
  ],
])('checks the call of a connector that is at hand: %s', (_what, definition, expected) => {
  const { findings } = compileDefinition(definition, given);
  expect(findings.map((one) => `${one.severity} ${one.code} ${one.pointer}: ${one.message}`)).toEqual(expected);
});

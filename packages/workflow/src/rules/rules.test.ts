import type { JsonValue } from '@patchbay/expression';
import { expect, it } from 'vitest';
import type { FindingCode } from '../findings.ts';
import { compileDefinition } from '../plan/compile-definition.ts';
import { describeFlowRules } from './describe-rules.ts';
import { flowRules } from './rule-table.ts';

const rules = describeFlowRules();

/** What the examples may rely on. */
const given = { connectionReferences: ['shared_books'] };

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

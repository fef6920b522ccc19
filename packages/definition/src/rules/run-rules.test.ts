import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Finding } from '../finding.ts';
import { readConnector } from '../read-connector.ts';
import { certify } from './certify.ts';
import { cleanConnectors } from './test-breakings/clean-connectors.ts';
import { type Draft, type DraftValue, isDraft } from './test-breakings/draft.ts';

function check(definition: unknown, properties?: unknown): readonly Finding[] {
  const read = readConnector({
    definition: { name: 'd.json', content: typeof definition === 'string' ? definition : JSON.stringify(definition) },
    ...(properties !== undefined && { properties: { name: 'p.json', content: JSON.stringify(properties) } }),
  });
  return [...read.findings, ...certify(read)];
}

const base = { swagger: '2.0', info: { title: 'Loans', version: '1' }, host: 'api.test' };

it('says where in the text something is wrong, and what to write instead', () => {
  const text = `{
  "swagger": "2.0",
  "info": { "title": "Loans", "version": "1" },
  "host": "api.test",
  "paths": {
    "/loans": {
      "get": {
        "operationId": "ListLoans",
        "parameters": [
          { "name": "limit", "in": "query", "type": "integer", "default": "10", "requried": true }
        ],
        "responses": { "200": { "description": "The loans." } }
      }
    }
  }
}`;
  const { findings } = readConnector({ definition: { name: 'd.json', content: text } });
  expect(findings).toEqual([
    {
      code: 'unknown-member',
      severity: 'warning',
      message:
        'The parameter limit has the member "requried", which the Parameter Object does not know. It is ignored.',
      suggestion: 'Did you mean "required"?',
      source: 'd.json',
      pointer: '/paths/~1loans/get/parameters/0/requried',
      line: 10,
      column: 81,
    },
    {
      code: 'default-type',
      severity: 'warning',
      message: 'The parameter limit is of type integer; its default is text.',
      suggestion: 'Write 10.',
      source: 'd.json',
      pointer: '/paths/~1loans/get/parameters/0/default',
      line: 10,
      column: 64,
    },
  ]);
});

it('says where in which file something is wrong when a description is of several', () => {
  const { findings } = readConnector({
    definition: {
      name: 'main.yaml',
      content: `swagger: '2.0'
info: { title: Loans, version: '1' }
host: api.test
paths:
  /loans:
    get:
      operationId: ListLoans
      responses:
        200: { description: The loans., schema: { $ref: 'loan.yaml#/Loan' } }
`,
    },
    others: [{ name: 'loan.yaml', content: 'Loan:\n  type: objct\n  properties:\n    id: { type: string }\n' }],
  });
  expect(findings.map((one) => `${one.code} ${one.source}:${one.line}:${one.column} ${one.pointer}`)).toEqual([
    'value-not-in-list loan.yaml:2:3 /Loan/type',
  ]);
});

it('does not repeat what reading has said already', () => {
  const findings = check({
    ...base,
    paths: { '/loans': { get: { operationId: 'A', parameters: 'none', responses: {} } } },
  });
  const keys = findings.map((one) => `${one.code} ${one.pointer}`);
  expect(keys).toEqual([...new Set(keys)]);
  expect(findings.filter((one) => one.code === 'member-type').length).toBe(1);
});

it('stops counting out what is wrong a thousand times', () => {
  const parameters = Array.from({ length: 1000 }, (_, index) => ({ name: `p${index}`, in: 'query', type: 'text' }));
  const paths = { '/loans': { get: { operationId: 'A', parameters, responses: { 200: { description: 'Good.' } } } } };
  const found = check({ ...base, paths }).filter((one) => one.code === 'value-not-in-list');
  expect(found.length).toBe(200);
  expect(found.at(-1)?.message).toContain('There are 800 more of these.');
});

it('reads a description without checking it when it was checked before', () => {
  const definition = { name: 'd.json', content: JSON.stringify({ ...base, colour: 'red', paths: { '/a': {} } }) };
  expect(readConnector({ definition }, { checks: 'none' }).findings).toEqual([]);
  expect(readConnector({ definition }).findings.map((one) => one.code)).toEqual(['unknown-member']);
});

it('certifies nothing of what could not be read', () => {
  expect(certify(readConnector({ definition: { name: 'd.json', content: 'nothing' } }))).toEqual([]);
});

/** Every object and array of a draft. */
function holdersIn(value: DraftValue): readonly (Draft | DraftValue[])[] {
  if (Array.isArray(value)) return [value, ...value.flatMap(holdersIn)];
  return isDraft(value) ? [value, ...Object.values(value).flatMap(holdersIn)] : [];
}

const anything = fc.oneof(
  fc.constantFrom<DraftValue>(
    null,
    true,
    0,
    -1,
    1e300,
    '',
    '#',
    '#/',
    '#/definitions/Loan',
    '\u0000',
    '\ud800',
    [],
    {},
  ),
  fc.constantFrom<DraftValue>({ $ref: '#' }, { $ref: '#/definitions/Loan' }, [null], { '': [] }, { __proto__: 1 }),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<DraftValue>,
);

it('never throws, whatever is put anywhere in a description', () => {
  const change = fc.record({ holder: fc.nat(), member: fc.nat(), value: anything });
  fc.assert(
    fc.property(fc.nat(1), fc.array(change, { minLength: 1, maxLength: 12 }), (index, changes) => {
      const { definition, properties } = structuredClone(cleanConnectors[index] ?? { definition: {}, properties: {} });
      for (const { holder, member, value } of changes) {
        const holders = [...holdersIn(definition), ...holdersIn(properties)];
        const target = holders[holder % holders.length];
        if (target === undefined) continue;
        const names = Object.keys(target);
        const name = names[member % Math.max(1, names.length)] ?? '0';
        Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
      }
      check(definition, properties);
    }),
    { seed: 20261125, numRuns: 150 },
  );
});

it('gets through descriptions that are made to be endless', () => {
  const count = 3000;
  const chain = Array.from({ length: count }, (_, index) => [
    `D${index}`,
    {
      type: 'object',
      required: ['next', 'other'],
      allOf: [{ $ref: `#/definitions/D${(index * 7 + 1) % count}` }, { $ref: `#/definitions/D${(index + 1) % count}` }],
      properties: {
        next: { $ref: `#/definitions/D${(index + 1) % count}` },
        other: {
          $ref: `#/definitions/D${(index * 3 + 1) % count}`,
          'x-ms-dynamic-values': { operationId: 'A', parameters: { id: { parameter: 'next/next/next' } } },
        },
      },
    },
  ]);
  const get = {
    operationId: 'A',
    parameters: [{ name: 'body', in: 'body', schema: { $ref: '#/definitions/D0' } }],
    responses: { 200: { description: 'Good.', schema: { $ref: '#/definitions/D1' } } },
  };
  const paths = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`/{a}/{b}/${index}`, { get }]));
  const codes = new Set(check({ ...base, paths, definitions: Object.fromEntries(chain) }).map((one) => one.code));
  expect(codes.has('required-loop')).toBe(true);
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JsonObject } from '../model.ts';
import { readConnector } from '../read-connector.ts';
import { diff } from './diff.ts';

type Operation = { readonly [name: string]: unknown };

/** A definition of one operation; `change` makes another one of it. */
const listLoans = {
  operationId: 'ListLoans',
  summary: 'List loans',
  parameters: [
    { name: 'page', in: 'query', type: 'integer', maximum: 100 },
    { name: 'sort', in: 'query', type: 'string', enum: ['asc', 'desc'] },
    { name: 'body', in: 'body', schema: { $ref: '#/definitions/Filter' } },
  ],
  responses: { 200: { description: 'Good', schema: { type: 'array', items: { $ref: '#/definitions/Loan' } } } },
};
const filter = {
  type: 'object',
  required: ['branch'],
  properties: { branch: { type: 'string' }, since: { type: 'string' } },
};
const loan = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string' }, days: { type: 'integer' }, next: { $ref: '#/definitions/Loan' } },
};

function document(
  parts: { readonly operation?: Operation; readonly definitions?: object; readonly root?: object } = {},
) {
  return {
    swagger: '2.0',
    info: { title: 'Loans', version: '1' },
    host: 'api.test',
    paths: { '/loans': { post: { ...listLoans, ...parts.operation } } },
    definitions: { Filter: filter, Loan: loan, ...parts.definitions },
    ...parts.root,
  };
}

function model(content: object) {
  const { model } = readConnector({ definition: { name: 'def.json', content: JSON.stringify(content) } });
  if (model === undefined) throw new Error('not read');
  return model;
}

function changes(before: object, after: object): readonly string[] {
  return diff(model(before), model(after)).map(
    ({ code, isBreaking, subject, message }) => `${isBreaking ? 'breaks ' : ''}${code} [${subject}] ${message}`,
  );
}

const { paths: _, ...noPaths } = document();
const withParameter = (index: number, change: object) => ({
  operation: { parameters: listLoans.parameters.map((one, at) => (at === index ? { ...one, ...change } : one)) },
});

it('finds nothing between a definition and itself', () => {
  expect(changes(document(), document())).toEqual([]);
});

it.each([
  [
    'an operation that is gone',
    { root: { paths: {} } },
    ['breaks operation-removed [ListLoans] The operation ListLoans is gone: flows that use it fail.'],
  ],
  [
    'an operation that moved',
    { root: { paths: { '/v2/loans': { post: listLoans } } } },
    ['breaks operation-path [ListLoans] The operation moved from POST /loans to POST /v2/loans.'],
  ],
  [
    'an operation with another id',
    { operation: { operationId: 'GetLoans' } },
    [
      'breaks operation-renamed [ListLoans] The operation ListLoans is called GetLoans now: flows name it by the old id.',
    ],
  ],
  [
    'an action that became a trigger',
    { operation: { 'x-ms-trigger': 'batch' } },
    [
      'breaks operation-kind [ListLoans] It was an action and is a polling trigger: a flow that uses it does not fit any more.',
    ],
  ],
  [
    'a deprecated operation with another summary',
    { operation: { deprecated: true, summary: 'Lists' } },
    [
      'operation-deprecated [ListLoans] The operation is deprecated now.',
      'operation-text [ListLoans] The summary changed from "List loans" to "Lists".',
    ],
  ],
  [
    'a new required parameter',
    {
      operation: {
        parameters: [...listLoans.parameters, { name: 'branch', in: 'header', required: true, type: 'string' }],
      },
    },
    [
      'breaks parameter-added-required [ListLoans parameter branch] The parameter branch is new and required: no caller gives it yet.',
    ],
  ],
  [
    'a new required parameter with a default',
    {
      operation: {
        parameters: [...listLoans.parameters, { name: 'v', in: 'query', required: true, type: 'string', default: '1' }],
      },
    },
    ['parameter-added [ListLoans parameter v] The optional parameter v is new.'],
  ],
  [
    'a parameter that is gone, and a body',
    { operation: { parameters: listLoans.parameters.slice(0, 1) } },
    [
      'breaks parameter-removed [ListLoans parameter sort] The parameter sort is gone: callers that give it are refused.',
      'breaks body-removed [ListLoans] The operation takes no body any more.',
    ],
  ],
  [
    'a parameter that is required now',
    withParameter(0, { required: true }),
    ['breaks parameter-required [ListLoans parameter page] The parameter page was optional and is required.'],
  ],
  [
    'a parameter that moved and has a default',
    withParameter(0, { in: 'header', default: 1 }),
    [
      'breaks parameter-location [ListLoans parameter page] The parameter page moved from query to header.',
      'parameter-default [ListLoans parameter page] The default of page changed from none to 1.',
    ],
  ],
  [
    'a tighter bound and a wider one',
    {
      operation: {
        parameters: [{ ...listLoans.parameters[0], maximum: 50 }, listLoans.parameters[1], listLoans.parameters[2]],
      },
    },
    [
      'breaks input-narrowed [ListLoans parameter page] The parameter page takes less than before: maximum is 50, was 100.',
    ],
  ],
  [
    'a choice that is gone and one that is new',
    withParameter(1, { enum: ['asc', 'none'] }),
    [
      'breaks input-narrowed [ListLoans parameter sort] The parameter sort takes less than before: "desc" not any more.',
      'input-widened [ListLoans parameter sort] The parameter sort takes more than before: "none" too.',
    ],
  ],
  [
    'another type of an input',
    withParameter(0, { type: 'string' }),
    [
      'breaks input-narrowed [ListLoans parameter page] The parameter page takes less than before: integer before, text now.',
    ],
  ],
  [
    'an input that takes numbers instead of integers',
    withParameter(0, { type: 'number' }),
    ['input-widened [ListLoans parameter page] The parameter page takes more than before: integer before, number now.'],
  ],
  [
    'a body with another required member and one less',
    {
      definitions: {
        Filter: { ...filter, required: ['branch', 'since'], properties: { since: { type: 'string', format: 'date' } } },
      },
    },
    [
      'breaks input-property-removed [ListLoans] The body/branch is gone: what callers give there is ignored or refused.',
      'breaks input-property-required [ListLoans] The body/since is required now.',
      'breaks input-narrowed [ListLoans] The body/since takes less than before: text before, text (date) now.',
    ],
  ],
  [
    'an answer with a member less and one more',
    { definitions: { Loan: { ...loan, properties: { id: { type: 'string' }, due: { type: 'string' } } } } },
    [
      'breaks output-property-removed [ListLoans] The answer 200[]/days is gone: flows that read it fail or read nothing.',
      'breaks output-property-removed [ListLoans] The answer 200[]/next is gone: flows that read it fail or read nothing.',
      'output-property-added [ListLoans] The answer 200[]/due is new.',
    ],
  ],
  [
    'an answer whose member may be missing, null or a number',
    {
      definitions: {
        Loan: {
          ...loan,
          required: [],
          properties: { ...loan.properties, days: { type: 'number', 'x-nullable': true } },
        },
      },
    },
    [
      'breaks output-property-optional [ListLoans] The answer 200[]/id may be missing now.',
      'breaks output-widened [ListLoans] The answer 200[]/days can hold what callers do not expect: integer before, number now.',
    ],
  ],
  [
    'an answer that is not described any more',
    { operation: { responses: { 202: { description: 'Later' } } } },
    [
      'breaks response-removed [ListLoans] The answer 200 is not described any more.',
      'response-added [ListLoans] The answer 202 is described now.',
    ],
  ],
  [
    'security and address',
    {
      root: {
        host: 'api2.test',
        securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'x-key' } },
        security: [{ key: [] }],
      },
    },
    [
      'server-changed [] The address changed from https://api.test to https://api2.test. Connections stay as they are.',
      'breaks security-changed [] How to connect changed from none to API key in header x-key: connections have to be made anew.',
      'breaks connection-parameter-required [] Connections need key now: those that exist do not have it.',
    ],
  ],
])('tells of %s', (_, after, expected) => {
  expect(changes(document(), document(after))).toEqual(expected);
});

it('puts an allOf of objects together before it compares', () => {
  const split = {
    definitions: {
      Loan: {
        allOf: [
          { $ref: '#/definitions/Base' },
          { type: 'object', properties: { days: { type: 'integer' }, next: { $ref: '#/definitions/Loan' } } },
        ],
      },
      Base: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
    },
  };
  expect(changes(document(), document(split))).toEqual([]);
});

it('compares unions by their members', () => {
  const union = (...types: readonly string[]): JsonObject => ({
    ...(noPaths as unknown as JsonObject),
    paths: {
      '/loans': {
        post: {
          operationId: 'ListLoans',
          responses: { 200: { description: '', schema: { oneOf: types.map((type) => ({ type })) } } },
        },
      },
    },
  });
  expect(changes(union('string', 'integer'), union('string', 'boolean'))).toEqual([
    'output-narrowed [ListLoans] The answer 200 holds less than before: integer not any more.',
    'breaks output-widened [ListLoans] The answer 200 can hold what callers do not expect: boolean too.',
  ]);
});

it('never throws, and finds nothing between a definition and itself, whatever its schemas', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.jsonValue({ maxDepth: 6 }), (one, other) => {
      const [before, after] = [one, other].map((schema) =>
        model(document({ definitions: { Loan: schema as object, Filter: schema as object } })),
      );
      if (before === undefined || after === undefined) return;
      diff(before, after);
      expect(diff(before, before)).toEqual([]);
    }),
    { seed: 20, numRuns: 300 },
  );
});

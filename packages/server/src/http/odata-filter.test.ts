import fc from 'fast-check';
import { expect, it } from 'vitest';
import { environmentOf, parseFilter } from './odata-filter.ts';

const plain = (text: string | undefined) => JSON.parse(JSON.stringify(parseFilter(text))) as unknown;

it.each([
  [undefined, {}],
  ['', {}],
  ["environment eq 'E'", { environment: { eq: 'E' } }],
  ["Environment EQ 'it''s' and IsCustomApi eq 'True'", { environment: { eq: "it's" }, iscustomapi: { eq: 'True' } }],
  [
    "status eq 'Failed' and startTime ge 2026-01-01T00:00:00Z and startTime lt 2027-01-01",
    { status: { eq: 'Failed' }, starttime: { ge: '2026-01-01T00:00:00Z', lt: '2027-01-01' } },
  ],
  ["search('personal')", {}],
  ["(properties/state eq 'Started')", { 'properties/state': { eq: 'Started' } }],
  ["environment eq 'E", { environment: { eq: "'E" } }],
  ["__proto__ eq 'x'", JSON.parse('{"__proto__":{"eq":"x"}}')],
])('reads %s', (text, expected) => {
  expect(plain(text)).toEqual(expected);
});

it('never fails, and finds what was written', () => {
  const word = fc.stringMatching(/^[a-z][\w./]{0,20}$/);
  fc.assert(
    fc.property(word, fc.string(), fc.string(), (member, value, noise) => {
      const text = `${member} eq '${value.replaceAll("'", "''")}'`;
      expect(parseFilter(text)[member.toLowerCase()]?.['eq']).toBe(value);
      parseFilter(noise + text + noise);
    }),
    { seed: 1, numRuns: 500 },
  );
});

it('finds no environment where none is named', () => {
  expect([undefined, {}, { $filter: 'other eq 1' }].map(environmentOf)).toEqual([undefined, undefined, undefined]);
});

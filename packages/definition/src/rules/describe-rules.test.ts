import { expect, it } from 'vitest';
import { findingTable } from '../finding-table.ts';
import { describeRules } from './describe-rules.ts';

const rules = describeRules();

it('describes every code that reading can report', () => {
  const described = new Set(rules.map((rule) => rule.code));
  expect(Object.keys(findingTable).filter((code) => !described.has(code))).toEqual([]);
});

it('describes every rule once, in full', () => {
  const codes = rules.map((rule) => rule.code);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  const texts = rules.filter(({ title, why, bad, good }) => [title, why, bad, good].some((text) => text.trim() === ''));
  expect(texts.map((rule) => rule.code)).toEqual([]);
  expect(rules.filter((rule) => rule.bad === rule.good).map((rule) => rule.code)).toEqual([]);
});

import { expect, it } from 'vitest';
import { certificationRules, technicalRules } from './rule-table.ts';
import { addedCodes, breakConnectors, findingsOf } from './test-breakings/breaking.ts';
import { breakings } from './test-breakings/breaking-table.ts';
import { cleanConnectors } from './test-breakings/clean-connectors.ts';

const clean = cleanConnectors.map((files) => findingsOf(files));

it('finds nothing in clean connectors', () => {
  expect(clean.map((findings) => findings.map((one) => one.code))).toEqual([[], []]);
});

it('has a breaking for every rule', () => {
  const codes = [...technicalRules, ...certificationRules].map((rule) => rule.code);
  expect(codes.filter((code) => !breakings.some((breaking) => breaking.code === code))).toEqual([]);
});

it.each(breakings)('fires $code, and nothing unrelated, for each of ten ways to break it', (breaking) => {
  const expected = [breaking.code, ...(breaking.along ?? [])].sort();
  const broken = breakConnectors(breaking, cleanConnectors);
  const found = broken.map(({ index, title, files }) => {
    return `${title}: ${addedCodes(clean[index] ?? [], findingsOf(files)).join(' ')}`;
  });
  expect(found).toEqual(broken.map(({ title }) => `${title}: ${expected.join(' ')}`));
  expect(broken.length).toBe(10);
});

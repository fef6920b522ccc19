import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { flowFindingsPage } from './flow-findings-page.ts';
import { stalePages } from './rule-pages.ts';

const docs = join(import.meta.dirname, '../docs');

it('keeps a page for every rule, as the rule describes itself', () => {
  expect(stalePages(join(docs, 'rules'))).toEqual([]);
});

it('keeps the page of findings about flows, as each rule describes itself', () => {
  expect(readFileSync(join(docs, 'flow-findings.md'), 'utf8')).toBe(flowFindingsPage());
});

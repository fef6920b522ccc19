import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stalePages } from './rule-pages.ts';

it('keeps a page for every rule, as the rule describes itself', () => {
  expect(stalePages(join(import.meta.dirname, '../docs/rules'))).toEqual([]);
});

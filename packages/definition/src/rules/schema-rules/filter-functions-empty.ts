import type { Rule } from '../rule.ts';
import { filterFunctions } from '../structure/filter-functions.ts';

export const filterFunctionsEmpty: Rule = {
  code: 'filter-functions-empty',
  ecosystemNames: ['FilterFunctionsPropertyEmpty'],
  group: 'technical',
  severity: 'warning',
  title: 'A column that says how it can be filtered names at least one function.',
  why: 'An empty list says nothing; a column that cannot be filtered has none.',
  bad: '"x-ms-capabilities": { "filterFunctions": [] }',
  good: '"x-ms-capabilities": { "filterFunctions": ["eq", "ne"] }',
  check(subject, report) {
    for (const { place, functions } of subject.derive(filterFunctions)) {
      if (functions.length === 0)
        report(`${place.pointer}/filterFunctions`, 'filterFunctions is empty.', { suggestion: 'Remove it.' });
    }
  },
};

import type { Rule } from '../rule.ts';
import { filterFunctions } from '../structure/filter-functions.ts';

export const filterFunctionsDuplicate: Rule = {
  code: 'filter-functions-duplicate',
  ecosystemNames: ['FilterFunctionsPropertyHasDuplicates'],
  group: 'technical',
  severity: 'warning',
  title: 'A column names each function by which it can be filtered once.',
  why: 'Saying it twice says nothing more; strict tools refuse it.',
  bad: '"x-ms-capabilities": { "filterFunctions": ["eq", "eq"] }',
  good: '"x-ms-capabilities": { "filterFunctions": ["eq"] }',
  check(subject, report) {
    for (const { place, functions } of subject.derive(filterFunctions)) {
      const index = functions.findIndex((one, position) => functions.indexOf(one) < position);
      if (index < 0) continue;
      report(
        `${place.pointer}/filterFunctions/${index}`,
        `filterFunctions holds ${JSON.stringify(functions[index])} twice.`,
        {
          suggestion: 'Remove the second one.',
        },
      );
    }
  },
};

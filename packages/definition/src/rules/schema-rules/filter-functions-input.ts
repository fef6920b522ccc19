import type { Rule } from '../rule.ts';
import { filterFunctions } from '../structure/filter-functions.ts';
import { schemaUses } from '../structure/schema-use.ts';

export const filterFunctionsInput: Rule = {
  code: 'filter-functions-input',
  ecosystemNames: ['FilterFunctionsPropertyInInputSchema'],
  group: 'technical',
  severity: 'warning',
  title: 'Only what comes back says how it can be filtered.',
  why: 'What is sent is not filtered.',
  bad: '"in": "body", "schema": { "properties": { "title": { "x-ms-capabilities": { "filterFunctions": ["eq"] } } } }',
  good: '"200": { "schema": { "properties": { "title": { "x-ms-capabilities": { "filterFunctions": ["eq"] } } } } }',
  check(subject, report) {
    const { inputs, outputs } = subject.derive(schemaUses);
    for (const { place, holder } of subject.derive(filterFunctions)) {
      if (!inputs.has(holder) || outputs.has(holder)) continue;
      report(
        `${place.pointer}/filterFunctions`,
        'filterFunctions stands on a property that is sent, which is not filtered.',
      );
    }
  },
};

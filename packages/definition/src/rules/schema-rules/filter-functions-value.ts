import type { Rule } from '../rule.ts';
import { filterFunctions } from '../structure/filter-functions.ts';

export const filterFunctionsValue: Rule = {
  code: 'filter-functions-value',
  ecosystemNames: ['FilterFunctionsPropertyInvalidValue'],
  group: 'technical',
  severity: 'warning',
  title: 'The functions by which a column can be filtered are ones that there are.',
  why: 'Nobody can use another one, so the column is not filtered by it.',
  bad: '"x-ms-capabilities": { "filterFunctions": ["equals"] }',
  good: '"x-ms-capabilities": { "filterFunctions": ["eq"] }',
  check(subject, report) {
    for (const { place, functions } of subject.derive(filterFunctions)) {
      for (const [index, name] of functions.entries()) {
        if (typeof name === 'string' && known.includes(name.toLowerCase())) continue;
        report(
          `${place.pointer}/filterFunctions/${index}`,
          `filterFunctions names ${JSON.stringify(name)}, which is no function.`,
        );
      }
    }
  },
};

/** The functions of OData 4 and its aggregation extension that tabular connectors name. */
const known = [
  ...['lt', 'le', 'eq', 'ne', 'gt', 'ge', 'min', 'max', 'countdistinct', 'add', 'sub', 'mul', 'div', 'mod', 'negate'],
  ...['now', 'not', 'and', 'or', 'day', 'month', 'year', 'hour', 'minute', 'second', 'date', 'time'],
  ...['totaloffsetminutes', 'totalseconds', 'round', 'floor', 'ceiling', 'contains', 'startswith', 'endswith'],
  ...['length', 'indexof', 'replace', 'substring', 'substringof', 'tolower', 'toupper', 'trim', 'concat', 'sum'],
  ...['average', 'null', 'joininner', 'joinleft', 'joinright', 'joinfull', 'count', 'cdsin', 'top', 'arraylookup'],
];

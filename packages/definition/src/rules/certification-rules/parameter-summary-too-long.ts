import type { Rule } from '../rule.ts';
import { labelled } from '../structure/labels.ts';
import { capital } from '../structure/name-of.ts';
import { textOf } from '../structure/resolve.ts';

export const parameterSummaryTooLong: Rule = {
  code: 'parameter-summary-too-long',
  ecosystemNames: ['FieldLengthExceeded'],
  group: 'certification',
  severity: 'error',
  title: 'The label of a parameter has at most 80 characters.',
  why: 'It is cut off when longer.',
  bad: '"x-ms-summary": "The Day Before Which The Loans That Are To Be Listed Must Be Due To Be Listed At All"',
  good: '"x-ms-summary": "Due Before"',
  check(subject, report) {
    for (const one of subject.derive(labelled)) {
      const { length } = textOf(one.value, 'x-ms-summary');
      if (length > 80)
        report(
          `${one.pointer}/x-ms-summary`,
          `${capital(one.title)}: the label has ${length} characters; at most 80 are accepted.`,
        );
    }
  },
};

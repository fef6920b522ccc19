import type { Rule } from '../rule.ts';
import { textOf } from '../structure/resolve.ts';
import { sentenceEnds } from '../structure/wording.ts';

export const operationDescriptionPunctuation: Rule = {
  code: 'operation-description-punctuation',
  ecosystemNames: [],
  group: 'certification',
  severity: 'info',
  title: 'The description of an operation is a whole sentence that ends as one.',
  why: 'All descriptions read alike then.',
  bad: '"description": "Lists the loans of a reader"',
  good: '"description": "Lists the loans of a reader."',
  check(subject, report) {
    for (const operation of subject.operations) {
      const description = textOf(operation.value, 'description').trim();
      if (operation.isInternal || description === '' || sentenceEnds(description)) continue;
      report(`${operation.pointer}/description`, `${operation.title}: the description does not end as a sentence.`, {
        suggestion: 'End it with a full stop.',
      });
    }
  },
};

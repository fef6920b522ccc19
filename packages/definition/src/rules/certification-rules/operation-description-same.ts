import type { Rule } from '../rule.ts';
import { textOf } from '../structure/resolve.ts';
import { isSameText } from '../structure/wording.ts';

export const operationDescriptionSame: Rule = {
  code: 'operation-description-same',
  ecosystemNames: [],
  group: 'certification',
  severity: 'info',
  title: 'The description of an operation says more than its summary.',
  why: 'Nobody learns anything from reading the same twice.',
  bad: '"summary": "List loans", "description": "List loans."',
  good: '"summary": "List loans", "description": "Lists the loans of a reader."',
  check(subject, report) {
    for (const operation of subject.operations) {
      const summary = textOf(operation.value, 'summary').trim();
      const description = textOf(operation.value, 'description').trim();
      if (operation.isInternal || summary === '' || description === '' || !isSameText(summary, description)) continue;
      report(`${operation.pointer}/description`, `${operation.title}: the description is the summary once more.`);
    }
  },
};

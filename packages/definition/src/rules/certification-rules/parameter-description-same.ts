import type { Rule } from '../rule.ts';
import { labelled } from '../structure/labels.ts';
import { capital } from '../structure/name-of.ts';
import { textOf } from '../structure/resolve.ts';
import { isSameText } from '../structure/wording.ts';

export const parameterDescriptionSame: Rule = {
  code: 'parameter-description-same',
  ecosystemNames: [],
  group: 'certification',
  severity: 'info',
  title: 'The description of a parameter says more than its label.',
  why: 'Nobody learns anything from reading the same twice.',
  bad: '"x-ms-summary": "Due Before", "description": "Due before."',
  good: '"x-ms-summary": "Due Before", "description": "Lists only loans that are due before this day."',
  check(subject, report) {
    for (const one of subject.derive(labelled)) {
      const label = textOf(one.value, 'x-ms-summary').trim();
      if (label === '' || one.description.trim() === '' || !isSameText(label, one.description)) continue;
      report(`${one.pointer}/description`, `${capital(one.title)}: the description is the label once more.`);
    }
  },
};

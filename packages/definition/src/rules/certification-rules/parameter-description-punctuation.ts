import type { Rule } from '../rule.ts';
import { labelled } from '../structure/labels.ts';
import { capital } from '../structure/name-of.ts';
import { sentenceEnds } from '../structure/wording.ts';

export const parameterDescriptionPunctuation: Rule = {
  code: 'parameter-description-punctuation',
  ecosystemNames: [],
  group: 'certification',
  severity: 'info',
  title: 'The description of a parameter ends as a sentence.',
  why: 'All descriptions read alike then.',
  bad: '"description": "The day before which loans are due"',
  good: '"description": "The day before which loans are due."',
  check(subject, report) {
    for (const one of subject.derive(labelled)) {
      if (!('in' in one.value) || one.description.trim() === '' || sentenceEnds(one.description)) continue;
      report(`${one.pointer}/description`, `${capital(one.title)}: the description does not end as a sentence.`, {
        suggestion: 'End it with a full stop.',
      });
    }
  },
};

import type { Rule } from '../rule.ts';
import { restrictedWordIn } from '../structure/wording.ts';

export const descriptionRestrictedWords: Rule = {
  code: 'description-restricted-words',
  ecosystemNames: ['ValueContainsRestrictedWords'],
  group: 'certification',
  severity: 'warning',
  title: 'The description of the connector does not name the platform’s products.',
  why: 'The connector works wherever connectors do, and the product names are not the publisher’s to use.',
  bad: '"description": "Use the library’s loans in Power Automate and Power Apps."',
  good: '"description": "Lends books to readers and reminds them to bring them back."',
  check(subject, report) {
    const word = restrictedWordIn(subject.model.info.description, false);
    if (word !== undefined)
      report('/info/description', `The description contains "${word}", which is not accepted in it.`);
  },
};

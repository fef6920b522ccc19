import type { Rule } from '../rule.ts';

export const descriptionLength: Rule = {
  code: 'description-length',
  ecosystemNames: ['FieldLengthNotInRange'],
  group: 'certification',
  severity: 'error',
  title: 'The description of the connector has 30 to 500 characters.',
  why: 'Shorter ones say too little; longer ones are cut off where connectors are listed.',
  bad: '"description": "Library loans."',
  good: '"description": "Lends books to readers and reminds them to bring them back."',
  check(subject, report) {
    const count = subject.model.info.description.trim().length;
    if (count === 0 || (count >= 30 && count <= 500)) return;
    report('/info/description', `The description has ${count} characters; 30 to 500 are accepted.`);
  },
};

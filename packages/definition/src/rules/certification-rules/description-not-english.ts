import type { Rule } from '../rule.ts';
import { textOf } from '../structure/resolve.ts';
import { isEnglish } from '../structure/wording.ts';

export const descriptionNotEnglish: Rule = {
  code: 'description-not-english',
  ecosystemNames: ['ValueMustBeInEnglish'],
  group: 'certification',
  severity: 'error',
  title: 'The descriptions of the connector and its operations are in English.',
  why: 'They are shown to everybody.',
  bad: '"description": "本を貸し出し、返却を通知します。"',
  good: '"description": "Lends books to readers and reminds them to bring them back."',
  check(subject, report) {
    const { description } = subject.model.info;
    if (!isEnglish(description)) report('/info/description', 'The description of the connector is not in English.');
    for (const operation of subject.operations) {
      for (const name of ['summary', 'description']) {
        if (isEnglish(textOf(operation.value, name))) continue;
        report(`${operation.pointer}/${name}`, `${operation.title}: the ${name} is not in English.`);
      }
    }
  },
};

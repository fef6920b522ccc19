import type { Rule } from '../rule.ts';
import { labelled } from '../structure/labels.ts';
import { capital } from '../structure/name-of.ts';
import { textOf } from '../structure/resolve.ts';
import { smallWordIn } from '../structure/wording.ts';

export const parameterSummaryCase: Rule = {
  code: 'parameter-summary-case',
  ecosystemNames: [],
  group: 'certification',
  severity: 'info',
  title: 'The label of a parameter is in title case.',
  why: 'All labels in a form look alike then.',
  bad: '"x-ms-summary": "due before"',
  good: '"x-ms-summary": "Due Before"',
  check(subject, report) {
    for (const one of subject.derive(labelled)) {
      const label = textOf(one.value, 'x-ms-summary').trim();
      const word = label === '' ? undefined : smallWordIn(label);
      if (word === undefined) continue;
      const fixed = label.replace(
        /(^|[\s/-])(\p{Ll})(?=\p{L}{3,})/gu,
        (_, before: string, letter: string) => before + letter.toUpperCase(),
      );
      report(`${one.pointer}/x-ms-summary`, `${capital(one.title)}: the label "${label}" is not in title case.`, {
        suggestion: `Write "${fixed}".`,
      });
    }
  },
};

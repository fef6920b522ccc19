import type { Rule } from '../rule.ts';
import { textOf } from '../structure/resolve.ts';

export const titleLastCharacter: Rule = {
  code: 'title-last-character',
  ecosystemNames: ['ValueMustEndWithAlphanumeric'],
  group: 'certification',
  severity: 'error',
  title: 'The title ends with a letter or a digit.',
  why: 'A blank or a dot at the end is not accepted: it makes two names of one.',
  bad: '"title": "Library loans "',
  good: '"title": "Library loans"',
  check(subject, report) {
    const [info] = subject.nodes('info');
    const title = info === undefined ? '' : textOf(info.value, 'title');
    if (title.trim() === '' || /[\p{L}\p{N})]$/u.test(title)) return;
    const fixed = title.replace(/[^\p{L}\p{N})]+$/u, '');
    report('/info/title', `The title ends with "${title.slice(fixed.length)}".`, { suggestion: `Write "${fixed}".` });
  },
};

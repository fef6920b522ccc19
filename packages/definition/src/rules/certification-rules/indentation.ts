import type { Rule } from '../rule.ts';

export const indentation: Rule = {
  code: 'indentation',
  ecosystemNames: [],
  group: 'certification',
  severity: 'info',
  title: 'The definition is indented by blanks and has no blanks at the ends of lines.',
  why: 'Published definitions are reviewed as text; changes can be seen only line by line.',
  bad: 'A file of one line, or one indented by tabs',
  good: 'A file indented by four blanks',
  check(subject, report) {
    const { text } = subject.document.source;
    if (!text.startsWith('{')) return;
    const first = /\n([ \t]*)\S/.exec(text.slice(0, 2000))?.[1];
    if (first === undefined || first === '' || first.includes('\t')) {
      const found = first?.includes('\t') === true ? 'indented by tabs' : 'not indented';
      report('', `The definition is ${found}; published ones are indented by four blanks.`);
    } else if (/[ \t]\r?\n/.test(text))
      report('', 'There are blanks at the ends of lines.', { suggestion: 'Remove them.' });
  },
};

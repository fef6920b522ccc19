import type { Rule } from '../rule.ts';

export const definitionLarge: Rule = {
  code: 'definition-large',
  ecosystemNames: [],
  group: 'technical',
  severity: 'info',
  title: 'A definition is smaller than 1 MB.',
  why: 'Patchbay has no such limit; the ecosystem’s platform refuses larger files.',
  bad: 'A file of 1.2 MB',
  good: 'A file of 0.9 MB',
  check(subject, report) {
    const size = subject.document.source.text.length;
    if (size > 1024 * 1024) {
      report('', `The definition has ${size} characters. The ecosystem’s platform takes less than 1 MB.`);
    }
  },
};

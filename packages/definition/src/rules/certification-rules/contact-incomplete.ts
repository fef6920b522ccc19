import type { Rule } from '../rule.ts';

export const contactIncomplete: Rule = {
  code: 'contact-incomplete',
  ecosystemNames: ['RequiredPropertyMissing'],
  group: 'certification',
  severity: 'warning',
  title: 'The contact has a name, a URL and an e-mail address.',
  why: 'People who need help must reach somebody.',
  bad: '"contact": { "name": "Example Support" }',
  good: '"contact": { "name": "Example Support", "url": "https://www.example.com/support", "email": "support@example.com" }',
  check(subject, report) {
    const { contact } = subject.model.info;
    const missing = (['name', 'url', 'email'] as const).filter((name) => (contact?.[name] ?? '').trim() === '');
    if (missing.length === 0) return;
    report(contact === undefined ? '/info' : '/info/contact', `The contact has no ${missing.join(', no ')}.`);
  },
};

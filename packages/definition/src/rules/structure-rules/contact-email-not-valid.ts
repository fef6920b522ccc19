import type { Rule } from '../rule.ts';
import { textOf } from '../structure/resolve.ts';

export const contactEmailNotValid: Rule = {
  code: 'contact-email-not-valid',
  ecosystemNames: ['ContactEmailNotValid'],
  group: 'technical',
  severity: 'warning',
  title: 'The e-mail address of the contact is one, in ASCII.',
  why: 'People are told to write there.',
  bad: '"contact": { "email": "support at example.com" }',
  good: '"contact": { "email": "support@example.com" }',
  check(subject, report) {
    for (const node of subject.nodes('contact')) {
      const email = textOf(node.value, 'email');
      if (email === '' || /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(email)) continue;
      report(`${node.pointer}/email`, `"${email}" is not an e-mail address.`);
    }
  },
};

import type { Rule } from '../rule.ts';

export const schemeNotHttps: Rule = {
  code: 'scheme-not-https',
  ecosystemNames: [],
  group: 'certification',
  severity: 'warning',
  title: 'The API is called over HTTPS only.',
  why: 'Credentials and data would go over the network unprotected.',
  bad: '"schemes": ["http"]',
  good: '"schemes": ["https"]',
  check(subject, report) {
    if (subject.version === '2.0' && subject.model.server.schemes.includes('http')) {
      report('/schemes', 'The definition allows plain HTTP.', { suggestion: 'Write ["https"].' });
    }
  },
};

import type { Rule } from '../rule.ts';

export const hostNotProduction: Rule = {
  code: 'host-not-production',
  ecosystemNames: [],
  group: 'certification',
  severity: 'warning',
  title: 'The host is the one for production.',
  why: 'What is published must work for everybody, and hosts for development come and go.',
  bad: '"host": "api-staging.example.com"',
  good: '"host": "api.example.com"',
  check(subject, report) {
    const host = subject.model.server.host.toLowerCase();
    const found = /(^|[.-])(dev|test|testing|staging|stage|sandbox|uat|qa|localhost|ngrok)([.:-]|$)/.exec(host)?.[2];
    const isAddress = /^\d+\.\d+\.\d+\.\d+(:\d+)?$/.test(host);
    if (found === undefined && !isAddress) return;
    const what = isAddress ? 'is an IP address' : `looks like one for development ("${found}")`;
    report(subject.version === '2.0' ? '/host' : '/servers', `The host ${host} ${what}.`);
  },
};

import { escapePointer } from '../../source/pointer.ts';
import type { Rule } from '../rule.ts';

export const responseStatus: Rule = {
  code: 'response-status',
  ecosystemNames: ['ResponseMustBeDefaultOrHttpStatusCode'],
  group: 'technical',
  severity: 'warning',
  title: 'A response is named by an HTTP status code or default.',
  why: 'An answer is looked up by its status; another name never matches.',
  bad: '"responses": { "OK": { "description": "The loans." } }',
  good: '"responses": { "200": { "description": "The loans." } }',
  check(subject, report) {
    for (const operation of subject.operations) {
      for (const { status } of operation.responses) {
        const isRange = subject.version !== '2.0' && /^[1-5]XX$/i.test(status);
        if (status === 'default' || /^[1-5]\d\d$/.test(status) || isRange) continue;
        report(
          `${operation.pointer}/responses/${escapePointer(status)}`,
          `${operation.title}: "${status}" is neither an HTTP status code nor default.`,
        );
      }
    }
  },
};

import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { memberPlace } from '../structure/resolve.ts';

export const replacementNotDeprecated: Rule = {
  code: 'replacement-not-deprecated',
  ecosystemNames: ['ApiAnnotationExtensionReplacementInfoForNonDeprecatedOperations'],
  group: 'technical',
  severity: 'warning',
  title: 'Only a deprecated operation names its replacement.',
  why: 'The replacement is shown to people who use an operation that is going away.',
  bad: '"x-ms-api-annotation": { "replacement": { "api": "Loans", "operationId": "ListLoans_V2" } }',
  good: '"deprecated": true, "x-ms-api-annotation": { "replacement": { "api": "Loans", "operationId": "ListLoans_V2" } }',
  check(subject, report) {
    for (const operation of subject.operations) {
      const annotation = memberPlace(operation, 'x-ms-api-annotation');
      if (operation.isDeprecated || annotation === undefined || member(annotation.value, 'replacement') === undefined)
        continue;
      report(`${annotation.pointer}/replacement`, `${operation.title} names a replacement and is not deprecated.`, {
        suggestion: 'Add "deprecated": true, or remove the replacement.',
      });
    }
  },
};

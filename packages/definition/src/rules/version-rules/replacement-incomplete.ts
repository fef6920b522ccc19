import type { Rule } from '../rule.ts';
import { memberPlace, textOf } from '../structure/resolve.ts';

export const replacementIncomplete: Rule = {
  code: 'replacement-incomplete',
  ecosystemNames: [
    'ApiAnnotationExtensionReplacementInfoMissingApiProperty',
    'ApiAnnotationExtensionReplacementInfoMissingOperationIdProperty',
  ],
  group: 'technical',
  severity: 'warning',
  title: 'A replacement names both the connector and the operation.',
  why: 'Otherwise people are not told what to use instead.',
  bad: '"replacement": { "operationId": "ListLoans_V2" }',
  good: '"replacement": { "api": "Loans", "operationId": "ListLoans_V2" }',
  check(subject, report) {
    for (const operation of subject.operations) {
      const annotation = memberPlace(operation, 'x-ms-api-annotation');
      const replacement = annotation && memberPlace(annotation, 'replacement');
      if (replacement === undefined) continue;
      for (const name of ['api', 'operationId']) {
        if (textOf(replacement.value, name) !== '') continue;
        report(replacement.pointer, `${operation.title}: the replacement has no ${name}.`);
      }
    }
  },
};

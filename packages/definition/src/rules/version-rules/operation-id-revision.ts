import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { memberPlace } from '../structure/resolve.ts';

export const operationIdRevision: Rule = {
  code: 'operation-id-revision',
  ecosystemNames: ['OperationIdShouldEndWithRevision'],
  group: 'technical',
  severity: 'info',
  title: 'The operationId of a later revision ends with it.',
  why: 'People see by the name which one they use.',
  bad: '"operationId": "ListLoansNew", "x-ms-api-annotation": { "family": "ListLoans", "revision": 2 }',
  good: '"operationId": "ListLoans_V2", "x-ms-api-annotation": { "family": "ListLoans", "revision": 2 }',
  check(subject, report) {
    for (const operation of subject.operations) {
      const annotation = memberPlace(operation, 'x-ms-api-annotation');
      const revision = annotation && member(annotation.value, 'revision');
      if (annotation === undefined || typeof revision !== 'number' || revision < 2 || operation.id === '') continue;
      if (new RegExp(`[vV]${Math.trunc(revision)}$`).test(operation.id)) continue;
      const base = operation.id.replace(/_?[vV]\d+$/, '');
      report(
        `${operation.pointer}/operationId`,
        `${operation.id} is revision ${revision}, and its operationId does not end with V${revision}.`,
        { suggestion: `For example "${base}_V${revision}".` },
      );
    }
  },
};

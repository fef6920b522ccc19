import type { Rule } from '../rule.ts';
import { propertiesPlace } from '../structure/connector-properties.ts';
import { nearestName } from '../structure/nearest-name.ts';
import { listOf } from '../structure/resolve.ts';

export const scriptOperationNotFound: Rule = {
  code: 'script-operation-not-found',
  ecosystemNames: ['OperationIdNotFound'],
  group: 'technical',
  severity: 'warning',
  title: 'Custom code runs for operations that exist.',
  why: 'The code never runs for the operation that was meant, which then calls the API itself.',
  bad: '"scriptOperations": ["ListLoan"]',
  good: '"scriptOperations": ["ListLoans"]',
  check(subject, report) {
    const place = propertiesPlace(subject);
    if (place === undefined) return;
    const ids = new Set(subject.model.operations.map((operation) => operation.operationId));
    for (const [index, id] of listOf(place.value, 'scriptOperations').entries()) {
      if (typeof id !== 'string' || ids.has(id)) continue;
      report(
        `${place.pointer}/scriptOperations/${index}`,
        `scriptOperations names the operation ${id}, which there is not.`,
        {
          file: 'properties',
          suggestion: () => {
            const meant = nearestName(id, ids);
            return meant === undefined ? undefined : `Did you mean "${meant}"?`;
          },
        },
      );
    }
  },
};

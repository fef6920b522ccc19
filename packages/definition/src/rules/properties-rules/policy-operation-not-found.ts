import { isObject } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { propertiesPlace } from '../structure/connector-properties.ts';
import { nearestName } from '../structure/nearest-name.ts';
import { listOf, memberPlace, textOf } from '../structure/resolve.ts';

export const policyOperationNotFound: Rule = {
  code: 'policy-operation-not-found',
  ecosystemNames: ['OperationIdNotFound'],
  group: 'technical',
  severity: 'warning',
  title: 'A policy is for operations that exist.',
  why: 'It never acts, so requests go out without what it was to do.',
  bad: '"x-ms-apimTemplate-operationName": ["ListLoan"]',
  good: '"x-ms-apimTemplate-operationName": ["ListLoans"]',
  check(subject, report) {
    const place = propertiesPlace(subject);
    if (place === undefined) return;
    const ids = new Set(subject.model.operations.map((operation) => operation.operationId));
    for (const [index, policy] of listOf(place.value, 'policyTemplateInstances').entries()) {
      const at = isObject(policy)
        ? { value: policy, pointer: `${place.pointer}/policyTemplateInstances/${index}` }
        : undefined;
      const parameters = at && memberPlace(at, 'parameters');
      if (parameters === undefined) continue;
      for (const [position, id] of listOf(parameters.value, 'x-ms-apimTemplate-operationName').entries()) {
        if (typeof id !== 'string' || id === '' || ids.has(id)) continue;
        report(
          `${parameters.pointer}/x-ms-apimTemplate-operationName/${position}`,
          `The policy ${textOf(at?.value ?? {}, 'title') || index + 1} is for the operation ${id}, which there is not.`,
          {
            file: 'properties',
            suggestion: () => {
              const meant = nearestName(id, ids);
              return meant === undefined ? undefined : `Did you mean "${meant}"?`;
            },
          },
        );
      }
    }
  },
};

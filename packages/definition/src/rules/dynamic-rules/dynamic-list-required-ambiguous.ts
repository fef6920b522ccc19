import type { Rule } from '../rule.ts';
import { checkReferences } from '../structure/dynamic-references.ts';

export const dynamicListRequiredAmbiguous: Rule = {
  code: 'dynamic-list-required-ambiguous',
  ecosystemNames: ['DynamicListExtensionRequiredForAmbiguousReferences'],
  group: 'technical',
  severity: 'warning',
  title: 'Where a name that x-ms-dynamic-values refers to means two things, x-ms-dynamic-list is given as well.',
  why: 'x-ms-dynamic-list refers by path, so it is plain whether a parameter or a property of the body is meant.',
  bad: '"x-ms-dynamic-values": { "parameters": { "id": { "parameter": "id" } } }, with an id in the path and one in the body',
  good: 'the same with "x-ms-dynamic-list": { "parameters": { "id": { "parameterReference": "body/id" } } } beside it',
  check(subject, report) {
    checkReferences(subject, report, 'values', 'x-ms-dynamic-list', 'ambiguous');
  },
};

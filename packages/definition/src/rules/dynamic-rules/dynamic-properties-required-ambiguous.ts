import type { Rule } from '../rule.ts';
import { checkReferences } from '../structure/dynamic-references.ts';

export const dynamicPropertiesRequiredAmbiguous: Rule = {
  code: 'dynamic-properties-required-ambiguous',
  ecosystemNames: ['DynamicPropertiesExtensionRequiredForAmbiguousReferences'],
  group: 'technical',
  severity: 'warning',
  title: 'Where a name that x-ms-dynamic-schema refers to means two things, x-ms-dynamic-properties is given as well.',
  why: 'x-ms-dynamic-properties refers by path, so it is plain whether a parameter or a property of the body is meant.',
  bad: '"x-ms-dynamic-schema": { "parameters": { "id": { "parameter": "id" } } }, with an id in the path and one in the body',
  good: 'the same with "x-ms-dynamic-properties": { "parameters": { "id": { "parameterReference": "body/id" } } } beside it',
  check(subject, report) {
    checkReferences(subject, report, 'schema', 'x-ms-dynamic-properties', 'ambiguous');
  },
};

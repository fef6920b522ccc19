import type { Rule } from '../rule.ts';
import { checkReferences } from '../structure/dynamic-references.ts';

export const dynamicPropertiesRequiredProperty: Rule = {
  code: 'dynamic-properties-required-property',
  ecosystemNames: ['DynamicPropertiesExtensionRequiredForNonParameterReferences'],
  group: 'technical',
  severity: 'warning',
  title: 'Where x-ms-dynamic-schema refers to a property of the body, x-ms-dynamic-properties is given as well.',
  why: 'Not every designer looks for a name inside of the body; x-ms-dynamic-properties refers to it by path.',
  bad: '"x-ms-dynamic-schema": { "parameters": { "kind": { "parameter": "kind" } } }, and kind is a property of the body',
  good: 'the same with "x-ms-dynamic-properties": { "parameters": { "kind": { "parameterReference": "body/kind" } } } beside it',
  check(subject, report) {
    checkReferences(subject, report, 'schema', 'x-ms-dynamic-properties', 'property');
  },
};

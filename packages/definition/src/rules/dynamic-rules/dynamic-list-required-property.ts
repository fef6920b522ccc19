import type { Rule } from '../rule.ts';
import { checkReferences } from '../structure/dynamic-references.ts';

export const dynamicListRequiredProperty: Rule = {
  code: 'dynamic-list-required-property',
  ecosystemNames: ['DynamicListExtensionRequiredForNonParameterReferences'],
  group: 'technical',
  severity: 'warning',
  title: 'Where x-ms-dynamic-values refers to a property of the body, x-ms-dynamic-list is given as well.',
  why: 'Not every designer looks for a name inside of the body; x-ms-dynamic-list refers to it by path.',
  bad: '"x-ms-dynamic-values": { "parameters": { "kind": { "parameter": "kind" } } }, and kind is a property of the body',
  good: 'the same with "x-ms-dynamic-list": { "parameters": { "kind": { "parameterReference": "body/kind" } } } beside it',
  check(subject, report) {
    checkReferences(subject, report, 'values', 'x-ms-dynamic-list', 'property');
  },
};

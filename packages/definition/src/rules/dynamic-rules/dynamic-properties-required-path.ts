import type { Rule } from '../rule.ts';
import { dynamicCalls } from '../structure/dynamic-calls.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { memberPlace, textOf } from '../structure/resolve.ts';

export const dynamicPropertiesRequiredPath: Rule = {
  code: 'dynamic-properties-required-path',
  ecosystemNames: ['DynamicPropertiesExtensionRequiredForPropertiesValuePath'],
  group: 'technical',
  severity: 'info',
  title:
    'Where x-ms-dynamic-schema takes the member called properties, x-ms-dynamic-properties takes the whole schema.',
  why: 'What it takes is only the map of properties, so what the schema requires is lost.',
  bad: '"x-ms-dynamic-schema": { "value-path": "schema/properties" }',
  good: 'the same with "x-ms-dynamic-properties": { "itemValuePath": "schema" } beside it',
  check(subject, report) {
    for (const call of subject.derive(dynamicCalls)) {
      const path = textOf(call.value, 'value-path');
      if (call.kind !== 'schema' || !/(^|\/)properties$/.test(path)) continue;
      if (memberPlace(call.holder, 'x-ms-dynamic-properties') !== undefined) continue;
      report(
        `${call.pointer}/value-path`,
        `${capital(nameOf(call.holder))}: x-ms-dynamic-schema takes "${path}". Give x-ms-dynamic-properties with the schema around it as well.`,
      );
    }
  },
};

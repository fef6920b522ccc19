import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { memberPlace } from '../structure/resolve.ts';

export const dynamicIncomplete: Rule = {
  code: 'dynamic-incomplete',
  ecosystemNames: ['RequiredPropertyMissing', 'OneOfPropertiesRequired'],
  group: 'technical',
  severity: 'warning',
  title: 'A dynamic extension says which operation to call.',
  why: 'Without it there is nothing to choose from.',
  bad: '"x-ms-dynamic-values": { "value-path": "id", "value-title": "title" }',
  good: '"x-ms-dynamic-values": { "operationId": "ListBooks", "value-path": "id", "value-title": "title" }',
  check(subject, report) {
    const kinds = ['schema', 'parameter', 'items', 'response', 'notificationContent'];
    for (const node of kinds.flatMap((kind) => subject.nodes(kind))) {
      for (const [extension, required] of Object.entries(members)) {
        const place = memberPlace(node, extension);
        if (place === undefined) continue;
        const isBuiltIn = ['capability', 'builtInOperation'].some((name) => member(place.value, name) !== undefined);
        const missing = required.filter((name) => member(place.value, name) === undefined);
        const [first] = isBuiltIn ? [] : missing;
        if (first === undefined) continue;
        report(place.pointer, `${capital(nameOf(node))}: ${extension} has no ${missing.join(' and no ')}.`);
      }
    }
  },
};

const members: Readonly<Record<string, readonly string[]>> = {
  'x-ms-dynamic-values': ['operationId'],
  'x-ms-dynamic-list': ['operationId'],
  'x-ms-dynamic-schema': ['operationId'],
  'x-ms-dynamic-properties': ['operationId'],
  'x-ms-dynamic-tree': ['open', 'browse'],
};

import type { Rule } from '../rule.ts';
import { dynamicCalls } from '../structure/dynamic-calls.ts';
import { followPath, isNoArray, resultSchema } from '../structure/dynamic-results.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { propertiesOf } from '../structure/properties-of.ts';
import { type Place, textOf } from '../structure/resolve.ts';
import { typesOf } from '../structure/values.ts';
import type { Subject } from '../subject.ts';

export const dynamicResultNoArray: Rule = {
  code: 'dynamic-result-no-array',
  ecosystemNames: ['InvokedOperationShouldProduceArray'],
  group: 'technical',
  severity: 'warning',
  title: 'The operation that gives the choices answers with an array at the path that is named.',
  why: 'There is nothing to choose from otherwise.',
  bad: '"x-ms-dynamic-values": { "operationId": "ListBooks", "value-collection": "books" }, and the answer has no books',
  good: '"x-ms-dynamic-values": { "operationId": "ListBooks", "value-collection": "value" }',
  check(subject, report) {
    for (const call of subject.derive(dynamicCalls)) {
      const isList = call.kind === 'values' || call.kind === 'list';
      const schema = isList && call.target !== undefined ? resultSchema(subject, call.target) : undefined;
      if (schema === undefined) continue;
      const name = call.kind === 'values' ? 'value-collection' : 'itemsPath';
      const path = textOf(call.value, name);
      const found = followPath(subject, schema, path);
      if (found === 'unknown' || (found !== 'none' && !isNoArray(subject, found))) continue;
      if (found !== 'none' && path === '' && holdsArray(subject, found)) continue;
      const pointer = path === '' ? call.pointer : `${call.pointer}/${name}`;
      const where = path === '' ? 'its answer' : `"${path}" of its answer`;
      report(
        pointer,
        `${capital(nameOf(call.holder))}: ${call.operationId} gives the choices, and ${where} is no array.`,
      );
    }
  },
};

/** Designers fall back to the first array in the answer. */
function holdsArray(subject: Subject, schema: Place): boolean {
  const properties = [...propertiesOf(subject, schema).values()];
  return properties.some((property) => typesOf((subject.resolve(property) ?? property).value).includes('array'));
}

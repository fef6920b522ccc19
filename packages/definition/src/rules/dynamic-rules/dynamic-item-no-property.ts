import type { Rule } from '../rule.ts';
import { type DynamicCall, dynamicCalls } from '../structure/dynamic-calls.ts';
import { followPath, isNoArray, itemsOf, resultSchema } from '../structure/dynamic-results.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { propertiesOf } from '../structure/properties-of.ts';
import { textOf } from '../structure/resolve.ts';

export const dynamicItemNoProperty: Rule = {
  code: 'dynamic-item-no-property',
  ecosystemNames: ['InvokedOperationShouldProduceProperty'],
  group: 'technical',
  severity: 'warning',
  title: 'The choices have the properties that their values and titles are taken from.',
  why: 'Choices without a value cannot be chosen; without a title they show nothing.',
  bad: '"x-ms-dynamic-values": { "operationId": "ListBooks", "value-path": "bookId" }, and a book has no bookId',
  good: '"x-ms-dynamic-values": { "operationId": "ListBooks", "value-path": "id" }',
  check(subject, report) {
    for (const call of subject.derive(dynamicCalls)) {
      const names = members[call.kind];
      const schema = names !== undefined && call.target !== undefined ? resultSchema(subject, call.target) : undefined;
      if (schema === undefined || names === undefined) continue;
      const found = followPath(
        subject,
        schema,
        textOf(call.value, call.kind === 'values' ? 'value-collection' : 'itemsPath'),
      );
      const items = typeof found === 'string' ? undefined : itemsOf(subject, found);
      if (items === undefined || !isNoArray(subject, items) || propertiesOf(subject, items).size === 0) continue;
      for (const name of names) {
        const path = textOf(call.value, name);
        if (path === '' || followPath(subject, items, path) !== 'none') continue;
        report(
          `${call.pointer}/${name}`,
          `${capital(nameOf(call.holder))}: what ${call.operationId} lists has no "${path}".`,
        );
      }
    }
  },
};

const members: Partial<Readonly<Record<DynamicCall['kind'], readonly string[]>>> = {
  values: ['value-path', 'value-title'],
  list: ['itemValuePath', 'itemTitlePath'],
};

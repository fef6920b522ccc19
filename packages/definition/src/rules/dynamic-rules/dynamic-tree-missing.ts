import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { memberPlace, textOf } from '../structure/resolve.ts';

export const dynamicTreeMissing: Rule = {
  code: 'dynamic-tree-missing',
  ecosystemNames: ['DynamicTreeExtensionMissing'],
  group: 'technical',
  severity: 'info',
  title: 'Beside the file-picker capability stands x-ms-dynamic-tree.',
  why: 'The capability is the old form; newer designers only show the tree.',
  bad: '"x-ms-dynamic-values": { "capability": "file-picker", "value-path": "Path" }',
  good: 'the same with "x-ms-dynamic-tree": { "open": { "operationId": "ListRoot" }, "browse": { "operationId": "ListFolder" } } beside it',
  check(subject, report) {
    for (const node of subject.typedNodes()) {
      const values = memberPlace(node, 'x-ms-dynamic-values');
      if (values === undefined || textOf(values.value, 'capability') !== 'file-picker') continue;
      if (memberPlace(node, 'x-ms-dynamic-tree') !== undefined) continue;
      report(values.pointer, `${capital(nameOf(node))} uses the file picker and has no x-ms-dynamic-tree beside it.`);
    }
  },
};

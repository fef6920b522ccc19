import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const fileTypePosition: Rule = {
  code: 'file-type-position',
  ecosystemNames: ['SchemaTypeFileNotValid'],
  group: 'technical',
  severity: 'warning',
  title: 'Only a part of a form and the whole of a response are of type file.',
  why: 'A file has no place inside of JSON (OpenAPI 2.0, Response Object).',
  bad: '"properties": { "content": { "type": "file" } }',
  good: '"schema": { "type": "file" }',
  check(subject, report) {
    if (subject.version !== '2.0') return;
    for (const node of subject.typedNodes()) {
      if (node.value['type'] !== 'file') continue;
      const isPart = node.kind === 'parameter' && node.value['in'] === 'formData';
      const isResponse = node.kind === 'schema' && node.parent?.kind === 'response';
      if (isPart || isResponse || node.parent?.kind === 'root') continue;
      report(
        `${node.pointer}/type`,
        `${capital(nameOf(node))} is of type file, which only a part of a form or a whole response is.`,
      );
    }
  },
};

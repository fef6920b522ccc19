import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const binaryNested: Rule = {
  code: 'binary-nested',
  ecosystemNames: ['InvalidStringBinaryProperty'],
  group: 'technical',
  severity: 'info',
  title: 'Bytes (format binary) are a whole body, a part of a form or a whole response.',
  why: 'JSON has no bytes. Inside an object use the format byte, which is base64.',
  bad: '"properties": { "content": { "type": "string", "format": "binary" } }',
  good: '"properties": { "content": { "type": "string", "format": "byte" } }',
  check(subject, report) {
    if (subject.version !== '2.0') return;
    for (const node of subject.nodes('schema')) {
      const isBinary = node.value['type'] === 'string' && node.value['format'] === 'binary';
      if (!isBinary || node.parent?.kind !== 'schema') continue;
      report(
        `${node.pointer}/format`,
        `${capital(nameOf(node))} is binary inside of an object or array, where bytes cannot stand. If it is base64, the format is byte.`,
      );
    }
  },
};

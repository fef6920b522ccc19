import { readVisibility } from '../../schema/read-schema.ts';
import { isTrue, member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { listOf, type Place } from '../structure/resolve.ts';
import { schemaUses } from '../structure/schema-use.ts';

export const internalDefaultOptional: Rule = {
  code: 'internal-default-optional',
  ecosystemNames: ['InternalPropertyWithDefaultOptional', 'InternalPropertyMustBeRequired'],
  group: 'technical',
  severity: 'warning',
  title: 'What is internal and has a default is required.',
  why: 'Nobody can fill in what is internal, and the default of something optional is not sent: the API never gets it.',
  bad: '"name": "version", "in": "query", "type": "string", "x-ms-visibility": "internal", "default": "2"',
  good: '"name": "version", "in": "query", "type": "string", "x-ms-visibility": "internal", "default": "2", "required": true',
  check(subject, report) {
    const isInternal = ({ value }: Place): boolean =>
      readVisibility(member(value, 'x-ms-visibility')) === 'internal' && member(value, 'default') !== undefined;
    for (const node of subject.nodes('parameter')) {
      const isBody = node.value['in'] === 'body' || node.value['in'] === 'path';
      if (isBody || !isInternal(node) || isTrue(member(node.value, 'required'))) continue;
      report(node.pointer, `${capital(nameOf(node))} is internal with a default and optional, so it is never sent.`, {
        suggestion: 'Add "required": true.',
      });
    }
    const { inputs } = subject.derive(schemaUses);
    for (const node of subject.nodes('schema')) {
      const name = node.path.at(-2) === 'properties' ? (node.path.at(-1) ?? '') : undefined;
      if (name === undefined || !inputs.has(node.pointer) || !isInternal(node)) continue;
      if (node.parent !== undefined && listOf(node.parent.value, 'required').includes(name)) continue;
      report(node.pointer, `${capital(nameOf(node))} is internal with a default and optional, so it is never sent.`, {
        suggestion: `Add "${name}" to the required properties.`,
      });
    }
  },
};

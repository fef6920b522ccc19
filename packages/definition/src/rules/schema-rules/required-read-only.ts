import { isTrue, member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { listOf, memberPlace } from '../structure/resolve.ts';
import { schemaUses } from '../structure/schema-use.ts';

export const requiredReadOnly: Rule = {
  code: 'required-read-only',
  ecosystemNames: ['RequiredReadOnlyPropertyNotAllowedAsInput'],
  group: 'technical',
  severity: 'warning',
  title: 'What is sent does not require a property that is read-only.',
  why: 'A read-only property is not sent, so the requirement can never be met (OpenAPI 2.0, Schema Object, readOnly).',
  bad: '"required": ["id"], "properties": { "id": { "type": "string", "readOnly": true } }',
  good: '"properties": { "id": { "type": "string", "readOnly": true } }',
  check(subject, report) {
    if (subject.version !== '2.0') return;
    const { inputs } = subject.derive(schemaUses);
    for (const node of subject.nodes('schema')) {
      if (!inputs.has(node.pointer)) continue;
      const properties = memberPlace(node, 'properties');
      for (const [index, name] of listOf(node.value, 'required').entries()) {
        const property = typeof name === 'string' ? properties && memberPlace(properties, name) : undefined;
        if (property === undefined || !isTrue(member(property.value, 'readOnly'))) continue;
        report(
          `${node.pointer}/required/${index}`,
          `${capital(nameOf(node))} is sent and requires ${name}, which is read-only.`,
        );
      }
    }
  },
};

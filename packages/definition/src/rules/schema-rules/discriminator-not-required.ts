import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { propertiesOf } from '../structure/properties-of.ts';
import { listOf } from '../structure/resolve.ts';
import { typesOf } from '../structure/values.ts';

export const discriminatorNotRequired: Rule = {
  code: 'discriminator-not-required',
  ecosystemNames: ['DiscriminatorMustBeARequiredStringProperty'],
  group: 'technical',
  severity: 'warning',
  title: 'A discriminator names a property of text that is required.',
  why: 'A value of which it is missing cannot be told apart from the others.',
  bad: '"discriminator": "kind", "properties": { "kind": { "type": "string" } }',
  good: '"discriminator": "kind", "required": ["kind"], "properties": { "kind": { "type": "string" } }',
  check(subject, report) {
    if (subject.version !== '2.0') return;
    for (const node of subject.nodes('schema')) {
      const name = member(node.value, 'discriminator');
      if (typeof name !== 'string') continue;
      const found = propertiesOf(subject, node).get(name);
      const property = found && subject.resolve(found);
      const isText = property !== undefined && isTextOrUnknown(typesOf(property.value));
      if (isText && listOf(node.value, 'required').includes(name)) continue;
      report(
        `${node.pointer}/discriminator`,
        `${capital(nameOf(node))}: the discriminator ${name} should be a property of type string that is required.`,
      );
    }
  },
};

/** A type that does not exist is another rule's. */
function isTextOrUnknown(types: readonly string[]): boolean {
  return types.length > 0 && !types.every((type) => /^(number|integer|boolean|array|object|null)$/.test(type));
}

import type { JsonValue } from '../../model.ts';
import { describe, member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { fitsType, typesOf } from '../structure/values.ts';

export const defaultType: Rule = {
  code: 'default-type',
  ecosystemNames: ['DefaultValueMustMatchType'],
  group: 'technical',
  severity: 'warning',
  title: 'A default is of the type of what it is the default of.',
  why: 'It is filled in for a person and sent as it stands; the API may refuse it.',
  bad: '"type": "integer", "default": "10"',
  good: '"type": "integer", "default": 10',
  check(subject, report) {
    for (const node of subject.typedNodes()) {
      const value = member(node.value, 'default');
      if (node.reference !== undefined || value === undefined || value === null || fitsType(value, node.value))
        continue;
      const [type = ''] = typesOf(node.value);
      report(
        `${node.pointer}/default`,
        `${capital(nameOf(node))} is of type ${typesOf(node.value).join(' or ')}; its default is ${describe(value)}.`,
        inType(value, type),
      );
    }
  },
};

/** The same value in the right type, where that is plain. */
function inType(value: JsonValue, type: string): { readonly suggestion?: string } {
  if (type === 'string' && typeof value !== 'object') return { suggestion: `Write ${JSON.stringify(String(value))}.` };
  const text = typeof value === 'string' ? value.trim() : '';
  const isNumber =
    (type === 'integer' && /^-?\d{1,15}$/.test(text)) || (type === 'number' && /^-?\d{1,15}(\.\d+)?$/.test(text));
  if (isNumber) return { suggestion: `Write ${Number(text)}.` };
  const isTruth = type === 'boolean' && /^(true|false)$/i.test(text);
  return isTruth ? { suggestion: `Write ${text.toLowerCase()}.` } : {};
}

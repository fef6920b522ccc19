import type { JsonValue } from '../../model.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

/** Members that hold sets, by kind; on every kind when under `any`. */
const sets: Readonly<Record<string, readonly string[]>> = {
  root: ['schemes', 'consumes', 'produces'],
  operation: ['schemes', 'consumes', 'produces', 'tags'],
  schema: ['enum', 'required'],
  parameter: ['enum'],
  items: ['enum'],
  header: ['enum'],
  serverVariable: ['enum'],
};

export const arrayDuplicateValue: Rule = {
  code: 'array-duplicate-value',
  ecosystemNames: ['ArrayDuplicateValue'],
  group: 'technical',
  severity: 'warning',
  title: 'An array that is a set holds each value once.',
  why: 'A choice would be offered twice, and tools that check the description refuse it.',
  bad: '"enum": ["open", "returned", "open"]',
  good: '"enum": ["open", "returned"]',
  check(subject, report) {
    for (const [kind, names] of Object.entries(sets)) {
      for (const node of subject.nodes(kind)) {
        for (const name of names) {
          const values = node.value[name];
          if (!Array.isArray(values)) continue;
          for (const [index, value] of duplicatesIn(values)) {
            report(
              `${node.pointer}/${name}/${index}`,
              `${capital(nameOf(node))}: ${name} holds ${JSON.stringify(value)} twice.`,
              { suggestion: 'Remove the second one.' },
            );
          }
        }
      }
    }
  },
};

function duplicatesIn(values: readonly JsonValue[]): readonly (readonly [index: number, value: JsonValue])[] {
  const seen = new Set<string>();
  return [...values.entries()].filter(([, value]) => {
    const key = JSON.stringify(value);
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}

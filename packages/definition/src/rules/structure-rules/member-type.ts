import type { JsonValue } from '../../model.ts';
import { escapePointer } from '../../source/pointer.ts';
import { describe } from '../../source/reading.ts';
import type { Report, Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { describeShape, hasShape, type Shape } from '../structure/shape.ts';
import { type StructureNode, shapeOfMember } from '../structure/walk.ts';

/** Reading reports this too, for the members that it cannot do without; the rule looks at all others. */
export const memberType: Rule = {
  code: 'member-type',
  ecosystemNames: ['JsonTypeIncorrect'],
  group: 'technical',
  severity: 'warning',
  title: 'A member is of the JSON type that the specification gives it.',
  why: 'A value of another type is ignored or guessed at: "true" in quotes is text, and other tools refuse it.',
  bad: '"name": "limit", "in": "query", "type": "integer", "required": "true"',
  good: '"name": "limit", "in": "query", "type": "integer", "required": true',
  check(subject, report) {
    for (const node of subject.allNodes()) {
      if (node.reference !== undefined) continue;
      for (const [name, value] of Object.entries(node.value)) {
        const shape = shapeOfMember(node.shape, name);
        if (shape !== undefined && !isReportedByReading(node, name)) {
          checkValue(report, node, name, value, shape, `${node.pointer}/${escapePointer(name)}`);
        }
      }
    }
  },
};

/** A version that is no text, and a security scheme's type. */
function isReportedByReading(node: StructureNode, name: string): boolean {
  return (
    (node.kind === 'root' && (name === 'swagger' || name === 'paths')) ||
    (node.kind === 'securityScheme' && name === 'type') ||
    (node.kind === 'parameter' && (name === 'in' || name === 'name'))
  );
}

function checkValue(
  report: Report,
  node: StructureNode,
  name: string,
  value: JsonValue,
  shape: Shape,
  pointer: string,
): void {
  if (!hasShape(value, shape)) {
    report(
      pointer,
      `${capital(nameOf(node))}: ${name} should be ${describeShape(shape)}, and is ${describe(value)}.`,
      suggest(value, shape),
    );
  } else if (shape.kind === 'list' && Array.isArray(value) && shape.of.kind !== 'any') {
    for (const [index, item] of value.entries()) {
      checkValue(report, node, `${name}[${index}]`, item, shape.of, `${pointer}/${index}`);
    }
  } else if (shape.kind === 'map' && shape.of.kind !== 'any') {
    for (const [key, item] of Object.entries(value as { readonly [key: string]: JsonValue })) {
      checkValue(report, node, `${name}.${key}`, item, shape.of, `${pointer}/${escapePointer(key)}`);
    }
  }
}

/** The same value in the right type, where that is plain. */
function suggest(value: JsonValue, shape: Shape): { readonly suggestion?: string } {
  const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (shape.kind === 'boolean' && (text === 'true' || text === 'false')) return { suggestion: `Write ${text}.` };
  if (shape.kind === 'number' && text !== '' && Number.isFinite(Number(text))) {
    return { suggestion: `Write ${Number(text)}.` };
  }
  const isPlain = typeof value === 'number' || typeof value === 'boolean';
  return shape.kind === 'text' && isPlain ? { suggestion: `Write ${JSON.stringify(String(value))}.` } : {};
}

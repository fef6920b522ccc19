import type { JsonValue } from '../../model.ts';
import { escapePointer } from '../../source/pointer.ts';
import type { Report, Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { nearestName } from '../structure/nearest-name.ts';
import type { Shape } from '../structure/shape.ts';
import { type StructureNode, shapeOfMember } from '../structure/walk.ts';

/** What reading reports by itself, by kind. */
const readerReports: Readonly<Record<string, readonly string[]>> = {
  root: ['schemes'],
  parameter: ['in', 'collectionFormat'],
  securityScheme: ['type'],
};

export const valueNotInList: Rule = {
  code: 'value-not-in-list',
  ecosystemNames: ['JsonValueNotInEnum'],
  group: 'technical',
  severity: 'warning',
  title: 'Where the specification lists the values of a member, it has one of them.',
  why: 'Another value is not understood: a property of the type "text" is read as any value.',
  bad: '"title": { "type": "text" }',
  good: '"title": { "type": "string" }',
  check(subject, report) {
    for (const node of subject.allNodes()) {
      if (node.reference !== undefined) continue;
      const reported = readerReports[node.kind] ?? [];
      for (const [name, value] of Object.entries(node.value)) {
        const shape = shapeOfMember(node.shape, name);
        if (shape === undefined || reported.includes(name)) continue;
        // A body says its type in its schema; what stands beside it is another rule's.
        if (node.kind === 'parameter' && name === 'type' && node.value['in'] === 'body') continue;
        checkValue(report, node, name, value, shape, `${node.pointer}/${escapePointer(name)}`);
      }
    }
  },
};

function checkValue(
  report: Report,
  node: StructureNode,
  name: string,
  value: JsonValue,
  shape: Shape,
  pointer: string,
): void {
  if (shape.kind === 'choice' && typeof value === 'string' && !shape.values.includes(value)) {
    const meant = (): string | undefined =>
      shape.values.find((one) => one === synonyms[value.toLowerCase()]) ?? nearestName(value, shape.values);
    report(pointer, `${capital(nameOf(node))}: ${name} is "${value}", which is none of ${shape.values.join(', ')}.`, {
      suggestion: () => (meant() === undefined ? undefined : `Write "${meant()}".`),
    });
  } else if (shape.kind === 'either') {
    for (const one of shape.of) checkValue(report, node, name, value, one, pointer);
  } else if (shape.kind === 'list' && Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      checkValue(report, node, `${name}[${index}]`, item, shape.of, `${pointer}/${index}`);
    }
  }
}

const synonyms: Readonly<Record<string, string>> = {
  text: 'string',
  int: 'integer',
  long: 'integer',
  float: 'number',
  double: 'number',
  bool: 'boolean',
  list: 'array',
  json: 'object',
};

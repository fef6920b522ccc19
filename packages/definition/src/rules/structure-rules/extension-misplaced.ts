import { escapePointer } from '../../source/pointer.ts';
import type { Rule } from '../rule.ts';
import { extensionTable } from '../structure/extension-table.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import type { StructureNode } from '../structure/walk.ts';

export const extensionMisplaced: Rule = {
  code: 'extension-misplaced',
  ecosystemNames: ['QueryParameterEncodingNotSupported'],
  group: 'technical',
  severity: 'warning',
  title: 'An extension stands on the kind of object that it is meant for.',
  why: 'Elsewhere it is not looked for and has no effect: a notification content inside the operation, an encoding on a query parameter, a trigger on a parameter.',
  bad: '"parameters": [{ "name": "q", "in": "query", "type": "string", "x-ms-url-encoding": "double" }]',
  good: '"parameters": [{ "name": "q", "in": "query", "type": "string" }]',
  check(subject, report) {
    for (const node of subject.allNodes()) {
      for (const name of Object.keys(node.value)) {
        const extension = Object.hasOwn(extensionTable, name) ? extensionTable[name] : undefined;
        if (extension === undefined) continue;
        const places = extension.on.filter((kind) => subject.specification[kind] !== undefined);
        const belongs = extension.on.includes(node.kind) && !isEncodingOutsidePath(name, node);
        if (belongs) continue;
        const where = isEncodingOutsidePath(name, node)
          ? 'a path parameter'
          : places.map((kind) => `the ${subject.specification[kind]?.title}`).join(' or ');
        report(
          `${node.pointer}/${escapePointer(name)}`,
          `${capital(nameOf(node))} has ${name}, which belongs on ${where}. It has no effect here.`,
        );
      }
    }
  },
};

function isEncodingOutsidePath(name: string, node: StructureNode): boolean {
  return name === 'x-ms-url-encoding' && node.kind === 'parameter' && node.value['in'] !== 'path';
}

import { escapePointer } from '../../source/pointer.ts';
import type { Rule } from '../rule.ts';
import { extensionTable } from '../structure/extension-table.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const extensionMisplaced: Rule = {
  code: 'extension-misplaced',
  ecosystemNames: [],
  group: 'technical',
  severity: 'warning',
  title: 'An extension stands on the kind of object that it is meant for.',
  why: 'Elsewhere it is not looked for and has no effect: a notification content inside the operation, a trigger on a parameter.',
  bad: '"/hooks": { "post": { "x-ms-trigger": "single", "x-ms-notification-content": { "schema": {} } } }',
  good: '"/hooks": { "x-ms-notification-content": { "schema": {} }, "post": { "x-ms-trigger": "single" } }',
  check(subject, report) {
    for (const node of subject.allNodes()) {
      for (const name of Object.keys(node.value)) {
        const extension = Object.hasOwn(extensionTable, name) ? extensionTable[name] : undefined;
        if (extension === undefined) continue;
        if (extension.on.includes(node.kind)) continue;
        const places = extension.on.flatMap((kind) => subject.specification[kind]?.title ?? []);
        const where = places.map((title) => `the ${title}`).join(' or ');
        report(
          `${node.pointer}/${escapePointer(name)}`,
          `${capital(nameOf(node))} has ${name}, which belongs on ${where}. It has no effect here.`,
        );
      }
    }
  },
};

import { escapePointer } from '../../source/pointer.ts';
import type { Rule } from '../rule.ts';
import { extensionTable } from '../structure/extension-table.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { nearestName } from '../structure/nearest-name.ts';

export const extensionUnknown: Rule = {
  code: 'extension-unknown',
  ecosystemNames: [],
  group: 'technical',
  severity: 'info',
  title: 'An extension whose name begins with "x-ms-" is one that connectors know.',
  why: 'Nothing reads an extension of another name, so a label or a visibility that is misspelt is silently missing.',
  bad: '"name": "status", "in": "query", "type": "string", "x-ms-sumamry": "Status"',
  good: '"name": "status", "in": "query", "type": "string", "x-ms-summary": "Status"',
  check(subject, report) {
    for (const node of subject.allNodes()) {
      for (const name of Object.keys(node.value)) {
        if (!name.startsWith('x-ms') || Object.hasOwn(extensionTable, name)) continue;
        const meant = (): string | undefined => nearestName(name, Object.keys(extensionTable));
        report(
          `${node.pointer}/${escapePointer(name)}`,
          `${capital(nameOf(node))} has the extension "${name}", which no part of the platform reads.`,
          { suggestion: () => (meant() === undefined ? undefined : `Did you mean "${meant()}"?`) },
        );
      }
    }
  },
};

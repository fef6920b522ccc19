import { escapePointer } from '../../source/pointer.ts';
import type { Rule } from '../rule.ts';
import { extensionTable } from '../structure/extension-table.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const extensionName: Rule = {
  code: 'extension-name',
  ecosystemNames: ['ExtensionNameNotValid'],
  group: 'technical',
  severity: 'warning',
  title: 'The name of an extension begins with "x-".',
  why: 'Only members whose names begin with "x-" are extensions. Any other spelling is an unknown member and has no effect.',
  bad: '"get": { "operationId": "ListLoans", "ms-visibility": "important" }',
  good: '"get": { "operationId": "ListLoans", "x-ms-visibility": "important" }',
  check(subject, report) {
    for (const node of subject.allNodes()) {
      if (node.shape.others !== undefined) continue;
      for (const name of Object.keys(node.value)) {
        const meant = Object.hasOwn(node.shape.members, name) ? undefined : meantExtension(name);
        if (meant === undefined) continue;
        report(
          `${node.pointer}/${escapePointer(name)}`,
          `${capital(nameOf(node))} has the member "${name}". The name of an extension begins with "x-"; this one has no effect.`,
          { suggestion: `Write "${meant}".` },
        );
      }
    }
  },
};

/** The extension that a name without `x-` is meant to be. */
export function meantExtension(name: string): string | undefined {
  if (name.startsWith('x-')) return undefined;
  const bare = name.replace(/^x[_.:]?(?=ms)|^X-/, '').replaceAll('_', '-');
  const known = `x-${bare.toLowerCase()}`;
  if (Object.hasOwn(extensionTable, known)) return known;
  return bare.toLowerCase().startsWith('ms-') ? known : undefined;
}

import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const referenceSyntax: Rule = {
  code: 'reference-syntax',
  ecosystemNames: ['JsonPointerNotValid'],
  group: 'technical',
  severity: 'warning',
  title: 'A reference is written as a JSON pointer in a URI fragment.',
  why: 'RFC 6901 §3 and §6: after # comes a slash before each name; "~" is written ~0 and "/" in a name ~1.',
  bad: '"$ref": "#/definitions/Loan~Item"',
  good: '"$ref": "#/definitions/Loan~0Item"',
  check(subject, report) {
    for (const node of subject.allNodes()) {
      const { reference } = node;
      if (reference === undefined || !reference.includes('#')) continue;
      const fragment = reference.slice(reference.indexOf('#') + 1);
      const isAnchor = subject.version === '3.1' && /^[A-Za-z_][\w.-]*$/.test(fragment);
      if (isAnchor || isPointer(fragment)) continue;
      report(`${node.pointer}/$ref`, `${capital(nameOf(node))}: "${reference}" is not a valid JSON pointer.`);
    }
  },
};

function isPointer(fragment: string): boolean {
  if (fragment === '') return true;
  return fragment.startsWith('/') && !/~(?![01])/.test(fragment) && !/%(?![0-9A-Fa-f]{2})/.test(fragment);
}

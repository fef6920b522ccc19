import { decodeFragment, resolvePointer } from '../../source/pointer.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const referenceContainer: Rule = {
  code: 'reference-container',
  ecosystemNames: ['SchemaReferenceNotValid', 'ResponseReferenceNotValid'],
  group: 'technical',
  severity: 'warning',
  title:
    'A reference points into the place for what it refers to: a schema into #/definitions, a response into #/responses.',
  why: 'Patchbay follows a reference anywhere, but other tools of the ecosystem refuse one that points elsewhere.',
  bad: '"schema": { "$ref": "#/paths/~1loans/get/responses/200/schema" }',
  good: '"schema": { "$ref": "#/definitions/Loans" }',
  check(subject, report) {
    for (const node of subject.allNodes()) {
      const { reference, shape } = node;
      if (reference === undefined || shape.container === undefined || !reference.startsWith('#/')) continue;
      const target = decodeFragment(reference.slice(1));
      // What leads nowhere is reported by reading.
      if (target.startsWith('/\u0000') || resolvePointer(subject.root, target) === undefined) continue;
      const parts = target.startsWith(`${shape.container}/`) ? target.slice(shape.container.length + 1) : '';
      if (parts !== '' && !parts.includes('/')) continue;
      report(
        `${node.pointer}/$ref`,
        `${capital(nameOf(node))} refers to ${reference}. A ${shape.title.replace(/ Object$/, '').toLowerCase()} should be referred to under #${shape.container}/.`,
      );
    }
  },
};

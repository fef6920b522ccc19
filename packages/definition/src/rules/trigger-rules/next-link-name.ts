import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { memberPlace } from '../structure/resolve.ts';

export const nextLinkName: Rule = {
  code: 'next-link-name',
  ecosystemNames: ['InvalidNextLinkNameValue'],
  group: 'technical',
  severity: 'warning',
  title: 'The name of the next link is nextLink or @odata.nextLink.',
  why: 'The ecosystem’s platform knows these two names only.',
  bad: '"x-ms-pageable": { "nextLinkName": "next" }',
  good: '"x-ms-pageable": { "nextLinkName": "nextLink" }',
  check(subject, report) {
    for (const operation of subject.operations) {
      const pageable = memberPlace(operation, 'x-ms-pageable');
      const name = pageable && member(pageable.value, 'nextLinkName');
      if (pageable === undefined || name === 'nextLink' || name === '@odata.nextLink') continue;
      const pointer = name === undefined ? pageable.pointer : `${pageable.pointer}/nextLinkName`;
      report(
        pointer,
        `${operation.title}: nextLinkName is ${JSON.stringify(name) ?? 'missing'}; the ecosystem knows nextLink and @odata.nextLink.`,
      );
    }
  },
};

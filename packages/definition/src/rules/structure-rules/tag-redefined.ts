import type { Rule } from '../rule.ts';
import { textOf } from '../structure/resolve.ts';

export const tagRedefined: Rule = {
  code: 'tag-redefined',
  ecosystemNames: ['TagRedefined'],
  group: 'technical',
  severity: 'warning',
  title: 'A tag is defined once.',
  why: 'Only one of the descriptions can be shown for it.',
  bad: '"tags": [{ "name": "Loans" }, { "name": "Loans", "description": "Books that were lent." }]',
  good: '"tags": [{ "name": "Loans", "description": "Books that were lent." }]',
  check(subject, report) {
    const seen = new Set<string>();
    for (const node of subject.nodes('tag')) {
      const name = textOf(node.value, 'name');
      if (seen.has(name))
        report(node.pointer, `The tag ${name} is defined twice.`, { suggestion: 'Keep one of them.' });
      seen.add(name);
    }
  },
};

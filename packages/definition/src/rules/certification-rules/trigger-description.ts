import type { Rule } from '../rule.ts';
import { textOf } from '../structure/resolve.ts';

export const triggerDescription: Rule = {
  code: 'trigger-description',
  ecosystemNames: [],
  group: 'certification',
  severity: 'info',
  title: 'The description of a trigger says when it triggers.',
  why: 'All triggers read alike then: “This operation triggers when …”.',
  bad: '"x-ms-trigger": "single", "description": "A loan."',
  good: '"x-ms-trigger": "single", "description": "This operation triggers when a loan is created."',
  check(subject, report) {
    for (const operation of subject.operations) {
      const description = textOf(operation.value, 'description').trim();
      if (
        !operation.isTrigger ||
        operation.isInternal ||
        description === '' ||
        /\b(triggers?|triggered|fires?)\b/i.test(description)
      )
        continue;
      report(
        `${operation.pointer}/description`,
        `${operation.title} is a trigger; its description does not say that it triggers when something happens.`,
      );
    }
  },
};

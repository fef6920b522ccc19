import type { Rule } from '../rule.ts';
import { createCounter } from '../structure/schema-count.ts';

export const bodySchemasMany: Rule = {
  code: 'body-schemas-many',
  ecosystemNames: ['BodySchemaCountExceedsMaxAllowed'],
  group: 'technical',
  severity: 'info',
  title: 'A body or a response is made of at most 512 schemas, counted with everything that it refers to.',
  why: 'Patchbay has no such limit; the ecosystem’s platform refuses more.',
  bad: 'A response of an object with 600 properties',
  good: 'A response of an object with 100 properties',
  check(subject, report) {
    const count = subject.derive(createCounter);
    for (const { body, responses, title } of subject.operations) {
      const schemas = [body, ...responses].flatMap((one) => one?.schema ?? []);
      for (const schema of schemas) {
        const found = count(schema);
        if (found <= 512) continue;
        report(
          schema.pointer,
          `${title}: a schema is made of ${found} others. The ecosystem’s platform takes at most 512.`,
        );
      }
    }
  },
};

import type { Rule } from '../rule.ts';
import { createCounter } from '../structure/schema-count.ts';

export const operationSchemasMany: Rule = {
  code: 'operation-schemas-many',
  ecosystemNames: ['OperationSchemaCountExceedsMaxAllowed', 'TotalSchemaCountExceedsMaxAllowed'],
  group: 'technical',
  severity: 'info',
  title: 'An operation is made of at most 16,384 schemas, counted with everything that it refers to.',
  why: 'Patchbay has no such limit; the ecosystem’s platform refuses more.',
  bad: 'An operation with a response of 20,000 properties',
  good: 'An operation with a response of 100 properties',
  check(subject, report) {
    const count = subject.derive(createCounter);
    for (const { body, responses, title, pointer } of subject.operations) {
      const schemas = [body, ...responses].flatMap((one) => one?.schema ?? []);
      const total = schemas.reduce((sum, schema) => sum + count(schema), 0);
      if (total <= 16_384) continue;
      report(pointer, `${title} is made of ${total} schemas. The ecosystem’s platform takes at most 16384.`);
    }
  },
};

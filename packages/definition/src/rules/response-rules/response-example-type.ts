import { escapePointer } from '../../source/pointer.ts';
import type { Rule } from '../rule.ts';
import { mediaTypesOf } from '../structure/media-types.ts';
import { memberPlace } from '../structure/resolve.ts';

export const responseExampleType: Rule = {
  code: 'response-example-type',
  ecosystemNames: ['ResponseExampleMustBeProducedByOperation'],
  group: 'technical',
  severity: 'info',
  title: 'The examples of a response are in media types that the operation produces.',
  why: 'An example in another type shows an answer that never comes.',
  bad: '"produces": ["application/json"], "responses": { "200": { "examples": { "text/csv": "…" } } }',
  good: '"produces": ["application/json"], "responses": { "200": { "examples": { "application/json": {} } } }',
  check(subject, report) {
    if (subject.version !== '2.0') return;
    for (const operation of subject.operations) {
      const produced = mediaTypesOf(subject, operation, 'produces');
      // What is no media type is another rule's.
      if (produced.length === 0 || produced.some((type) => !type.includes('/'))) continue;
      for (const response of operation.responses) {
        const examples = memberPlace(response, 'examples');
        for (const type of Object.keys(examples?.value ?? {})) {
          if (produced.includes((type.split(';', 1)[0] ?? '').trim().toLowerCase())) continue;
          report(
            `${response.pointer}/examples/${escapePointer(type)}`,
            `${operation.title}: the response ${response.status} has an example in ${type}, which the operation does not produce.`,
          );
        }
      }
    }
  },
};

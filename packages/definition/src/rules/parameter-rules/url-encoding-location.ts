import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

export const urlEncodingLocation: Rule = {
  code: 'url-encoding-location',
  ecosystemNames: ['QueryParameterEncodingNotSupported'],
  group: 'technical',
  severity: 'warning',
  title: 'Only a path parameter says how it is encoded.',
  why: 'Everywhere else a value is encoded once, whatever x-ms-url-encoding says.',
  bad: '"name": "q", "in": "query", "type": "string", "x-ms-url-encoding": "double"',
  good: '"name": "q", "in": "query", "type": "string"',
  check(subject, report) {
    for (const node of subject.nodes('parameter')) {
      if (member(node.value, 'x-ms-url-encoding') === undefined || node.value['in'] === 'path') continue;
      report(
        `${node.pointer}/x-ms-url-encoding`,
        `${capital(nameOf(node))} has x-ms-url-encoding, which only a path parameter has. It has no effect here.`,
        { suggestion: 'Remove it.' },
      );
    }
  },
};

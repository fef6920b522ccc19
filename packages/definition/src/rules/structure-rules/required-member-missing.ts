import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';

/** What reading reports by itself, by kind. */
const readerReports: Readonly<Record<string, readonly string[]>> = {
  root: ['swagger', 'paths', 'openapi'],
  info: ['title'],
  operation: ['responses'],
  parameter: ['name', 'in'],
  securityScheme: ['type'],
};

export const requiredMemberMissing: Rule = {
  code: 'required-member-missing',
  ecosystemNames: ['RequiredPropertyMissing'],
  group: 'technical',
  severity: 'warning',
  title: 'An object has the members that the specification requires of it.',
  why: 'Other tools refuse a description that lacks them, and a person misses what they would have said.',
  bad: '"responses": { "200": { "schema": { "type": "string" } } }',
  good: '"responses": { "200": { "description": "The title of the book.", "schema": { "type": "string" } } }',
  check(subject, report) {
    for (const node of subject.allNodes()) {
      if (node.reference !== undefined) continue;
      const reported = readerReports[node.kind] ?? [];
      const missing = (node.shape.required ?? []).filter(
        (name) => member(node.value, name) === undefined && !reported.includes(name),
      );
      for (const name of missing) {
        report(node.pointer, `${capital(nameOf(node))} has no ${name}, which the ${node.shape.title} requires.`);
      }
    }
    for (const node of subject.typedNodes()) {
      const isArray = node.value['type'] === 'array' && node.reference === undefined;
      if (isArray && member(node.value, 'items') === undefined && subject.version !== '3.1') {
        report(node.pointer, `${capital(nameOf(node))} is an array and has no items. Say what it is an array of.`);
      }
    }
  },
};

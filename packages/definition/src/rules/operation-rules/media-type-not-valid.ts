import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { listOf } from '../structure/resolve.ts';

export const mediaTypeNotValid: Rule = {
  code: 'media-type-not-valid',
  ecosystemNames: ['MimeTypeNotValid'],
  group: 'technical',
  severity: 'warning',
  title: 'A media type is written as type/subtype.',
  why: 'It is sent as the Content-Type or Accept header, which servers refuse otherwise (RFC 9110 §8.3.1).',
  bad: '"consumes": ["json"]',
  good: '"consumes": ["application/json"]',
  check(subject, report) {
    for (const node of [...subject.nodes('root'), ...subject.nodes('operation')]) {
      for (const name of ['consumes', 'produces']) {
        for (const [index, type] of listOf(node.value, name).entries()) {
          if (typeof type !== 'string' || isMediaType(type)) continue;
          const known = { json: 'application/json', xml: 'application/xml', text: 'text/plain', html: 'text/html' };
          const meant = (): string | undefined =>
            Object.entries(known).find(([short]) => short === type.toLowerCase())?.[1];
          report(
            `${node.pointer}/${name}/${index}`,
            `${capital(nameOf(node))}: "${type}" under ${name} is not a media type.`,
            { suggestion: () => (meant() === undefined ? undefined : `Write "${meant()}".`) },
          );
        }
      }
    }
  },
};

function isMediaType(type: string): boolean {
  return /^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+\s*(;.*)?$/.test(type.trim());
}

import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { listOf } from '../structure/resolve.ts';

export const mediaTypeUnsupported: Rule = {
  code: 'media-type-unsupported',
  ecosystemNames: ['MimeTypeNotValid'],
  group: 'certification',
  severity: 'info',
  title: 'Media types are application/json, text/plain, multipart/form-data or application/x-www-form-urlencoded.',
  why: 'Patchbay sends and reads any; the ecosystem’s validator knows these only.',
  bad: '"consumes": ["application/xml"]',
  good: '"consumes": ["application/json"]',
  check(subject, report) {
    for (const node of [...subject.nodes('root'), ...subject.nodes('operation')]) {
      for (const name of ['consumes', 'produces']) {
        for (const [index, type] of listOf(node.value, name).entries()) {
          const bare = typeof type === 'string' ? (type.split(';', 1)[0] ?? '').trim().toLowerCase() : '';
          if (!bare.includes('/') || /\s/.test(bare) || supported.includes(bare)) continue;
          report(
            `${node.pointer}/${name}/${index}`,
            `${capital(nameOf(node))} names ${bare} under ${name}, which the ecosystem does not know.`,
          );
        }
      }
    }
  },
};

const supported = ['application/json', 'text/plain', 'multipart/form-data', 'application/x-www-form-urlencoded'];

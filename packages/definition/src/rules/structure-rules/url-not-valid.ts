import type { Rule } from '../rule.ts';
import { capital, nameOf } from '../structure/name-of.ts';
import { textOf } from '../structure/resolve.ts';

/** Members that are absolute addresses, by kind. */
const addresses: Readonly<Record<string, readonly string[]>> = {
  contact: ['url'],
  license: ['url'],
  externalDocs: ['url'],
  info: ['termsOfService'],
  securityScheme: ['authorizationUrl', 'tokenUrl', 'openIdConnectUrl'],
  oauthFlow: ['authorizationUrl', 'tokenUrl', 'refreshUrl', 'deviceAuthorizationUrl'],
};
/** In OpenAPI 3 these may be relative to the document's own address. */
const mayBeRelative = new Set(['license', 'externalDocs', 'contact', 'info', 'oauthFlow']);

export const urlNotValid: Rule = {
  code: 'url-not-valid',
  ecosystemNames: ['UrlNotValid'],
  group: 'technical',
  severity: 'warning',
  title: 'An address is absolute, with its scheme.',
  why: 'A link without a scheme leads nowhere, and signing in at such an address fails.',
  bad: '"contact": { "name": "Support", "url": "www.example.com/support" }',
  good: '"contact": { "name": "Support", "url": "https://www.example.com/support" }',
  check(subject, report) {
    for (const [kind, names] of Object.entries(addresses)) {
      if (subject.version !== '2.0' && mayBeRelative.has(kind)) continue;
      for (const node of subject.nodes(kind)) {
        for (const name of names) {
          const found = textOf(node.value, name).trim();
          // A template is filled in before it is used.
          if (found === '' || found.startsWith('@') || isAbsolute(found.replace(/\{[^{}]*\}/g, 'x'))) continue;
          const fixed = `https://${found}`;
          const isFixable = /^[\w-]+(\.[\w-]+)+(\/|$)/.test(found) && isAbsolute(fixed);
          report(
            `${node.pointer}/${name}`,
            `${capital(nameOf(node))}: ${name} is "${found}", which is not an absolute URL.`,
            isFixable ? { suggestion: `Write "${fixed}".` } : {},
          );
        }
      }
    }
  },
};

function isAbsolute(found: string): boolean {
  return /^(https?:\/\/|mailto:)\S+$/i.test(found) && URL.canParse(found);
}

import type { Rule } from '../rule.ts';
import { metadataOf } from '../structure/connector-metadata.ts';

export const metadataUrlNotValid: Rule = {
  code: 'metadata-url-not-valid',
  ecosystemNames: ['UrlNotValid'],
  group: 'certification',
  severity: 'warning',
  title: 'The website and the privacy policy are absolute URLs.',
  why: 'People follow the links.',
  bad: '{ "propertyName": "Website", "propertyValue": "www.example.com" }',
  good: '{ "propertyName": "Website", "propertyValue": "https://www.example.com" }',
  check(subject, report) {
    for (const entry of metadataOf(subject)) {
      if (!/^(website|privacy policy)$/i.test(entry.name) || entry.text === '') continue;
      if (/^https?:\/\/\S+$/i.test(entry.text) && URL.canParse(entry.text)) continue;
      const fixed = `https://${entry.text}`;
      report(
        `${entry.pointer}/propertyValue`,
        `The ${entry.name} "${entry.text}" is not an absolute URL.`,
        /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(entry.text) ? { suggestion: `Write "${fixed}".` } : {},
      );
    }
  },
};

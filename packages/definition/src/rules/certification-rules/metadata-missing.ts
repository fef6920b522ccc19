import { member } from '../../source/reading.ts';
import type { Rule } from '../rule.ts';
import { metadataNamed } from '../structure/connector-metadata.ts';

export const metadataMissing: Rule = {
  code: 'metadata-missing',
  ecosystemNames: ['ConnectorMetadataPropertiesMissing'],
  group: 'certification',
  severity: 'warning',
  title: 'The connector’s metadata names its website, its privacy policy and its categories.',
  why: 'They are shown where connectors are listed.',
  bad: '"x-ms-connector-metadata": [{ "propertyName": "Website", "propertyValue": "https://www.example.com" }]',
  good: '"x-ms-connector-metadata": [{ "propertyName": "Website", … }, { "propertyName": "Privacy policy", … }, { "propertyName": "Categories", … }]',
  check(subject, report) {
    const missing = ['Website', 'Privacy policy', 'Categories'].filter(
      (name) => (metadataNamed(subject, name)?.text ?? '') === '',
    );
    if (missing.length === 0) return;
    const pointer = member(subject.root, 'x-ms-connector-metadata') === undefined ? '' : '/x-ms-connector-metadata';
    report(pointer, `x-ms-connector-metadata has no ${missing.join(', no ')}.`);
  },
};

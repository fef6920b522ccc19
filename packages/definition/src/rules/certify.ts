import type { Finding } from '../finding.ts';
import type { ReadResult } from '../read-connector.ts';
import { certificationRules } from './rule-table.ts';
import { runRules } from './run-rules.ts';
import { Subject } from './subject.ts';

/**
 * What stands in the way of publishing a connector: checks what {@link readConnector} read against the ecosystem's rules for
 * certification. The findings come on top of those of reading. Empty for descriptions in other formats than OpenAPI.
 */
export function certify({ model, documents }: ReadResult): readonly Finding[] {
  if (model === undefined) return [];
  const subject = Subject.of(documents.definition, model, documents.properties);
  return subject === undefined ? [] : runRules(certificationRules, subject);
}

import type { Rule } from '../rule.ts';
import { memberPlace, textOf } from '../structure/resolve.ts';

export const productionOnPreview: Rule = {
  code: 'production-on-preview',
  ecosystemNames: ['ProductionStatusOnBetaService'],
  group: 'technical',
  severity: 'warning',
  title: 'No operation has the status Production while the connector is in preview.',
  why: 'An operation cannot be more finished than the service that it belongs to.',
  bad: '"info": { "x-ms-api-annotation": { "status": "Preview" } }, and an operation with "status": "Production"',
  good: '"info": { "x-ms-api-annotation": { "status": "Production" } }',
  check(subject, report) {
    const [info] = subject.nodes('info');
    const annotation = info && memberPlace(info, 'x-ms-api-annotation');
    const status = textOf(annotation?.value ?? {}, 'status').toLowerCase();
    if (status !== 'preview' && status !== 'beta') return;
    for (const operation of subject.operations) {
      const own = memberPlace(operation, 'x-ms-api-annotation');
      if (own === undefined || textOf(own.value, 'status').toLowerCase() !== 'production') continue;
      report(
        `${own.pointer}/status`,
        `${operation.title} has the status Production, and the connector is in ${status}.`,
      );
    }
  },
};

import { findingTable } from '../finding-table.ts';
import { readingRules } from './reading/reading-rules.ts';
import type { RuleDescription } from './rule.ts';
import { certificationRules, technicalRules } from './rule-table.ts';

/** Every code that a finding about a description can have, with what a person should know about it; by name. */
export function describeRules(): readonly RuleDescription[] {
  const checked = [...technicalRules, ...certificationRules].map(
    ({ check: _, ...description }): RuleDescription => description,
  );
  const known = new Set(checked.map((rule) => rule.code));
  const read = Object.entries(readingRules)
    .filter(([code]) => !known.has(code))
    .map(([code, rule]): RuleDescription => ({ code, group: 'technical', severity: severityOf(code), ...rule }));
  return [...checked, ...read].sort((left, right) => left.code.localeCompare(right.code, 'en'));
}

function severityOf(code: string): RuleDescription['severity'] {
  return Object.hasOwn(findingTable, code) ? findingTable[code as keyof typeof findingTable][0] : 'warning';
}

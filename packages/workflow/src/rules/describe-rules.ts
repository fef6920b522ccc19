import { compileFindings } from './compile-findings.ts';
import type { FlowRuleDescription } from './rule.ts';
import { flowRules } from './rule-table.ts';

/** Every code that a finding about a definition can have, with what a person should know about it; by name. */
export function describeFlowRules(): readonly FlowRuleDescription[] {
  const checked = flowRules.map(({ check: _, ...description }): FlowRuleDescription => description);
  return [...checked, ...compileFindings].sort((left, right) => left.code.localeCompare(right.code, 'en'));
}

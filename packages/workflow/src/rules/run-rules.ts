import { FindingList } from '../finding-list.ts';
import type { Finding } from '../findings.ts';
import type { FlowRule } from './rule.ts';
import type { Subject } from './subject.ts';

/** Checks a definition against rules. */
export function runRules(rules: readonly FlowRule[], subject: Subject): readonly Finding[] {
  const findings = new FindingList();
  for (const { code, severity: usual, check } of rules) {
    check(subject, (pointer, message, { severity = usual } = {}) => findings.add({ code, severity, pointer }, message));
  }
  return findings.list();
}

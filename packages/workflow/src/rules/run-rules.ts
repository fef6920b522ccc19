import type { Finding } from '../findings.ts';
import type { FlowRule } from './rule.ts';
import type { Subject } from './subject.ts';

/** More findings of one rule than this tell a person nothing more. */
const maxFindingsPerRule = 200;

/** Checks a definition against rules. One place is told of once by one rule. */
export function runRules(rules: readonly FlowRule[], subject: Subject): readonly Finding[] {
  return rules.flatMap((rule) => runRule(rule, subject));
}

function runRule(rule: FlowRule, subject: Subject): readonly Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  let more = 0;
  rule.check(subject, (pointer, message, { severity = rule.severity } = {}) => {
    const key = `${pointer} ${message}`;
    if (seen.has(key)) return;
    if (findings.length >= maxFindingsPerRule) {
      more += 1;
      return;
    }
    seen.add(key);
    findings.push({ code: rule.code, severity, message, pointer });
  });
  const last = findings.at(-1);
  if (last === undefined || more === 0) return findings;
  return [...findings.slice(0, -1), { ...last, message: `${last.message} There are ${more} more of these.` }];
}

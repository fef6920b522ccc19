import type { Finding } from '../finding.ts';
import type { Rule } from './rule.ts';
import type { Subject } from './subject.ts';

/** More findings of one rule than this tell a person nothing more. */
const maxFindingsPerRule = 200;

/** Checks a description against rules; `known` are findings that need not be made again. */
export function runRules(rules: readonly Rule[], subject: Subject, known: readonly Finding[] = []): readonly Finding[] {
  const seen = new Set(known.map((finding) => keyOf(finding.source, finding.code, finding.pointer)));
  return rules.flatMap((rule) => runRule(rule, subject, seen));
}

function runRule(rule: Rule, subject: Subject, seen: Set<string>): readonly Finding[] {
  const findings: Finding[] = [];
  let count = 0;
  rule.check(subject, (pointer, message, { suggestion, file } = {}) => {
    count += 1;
    if (findings.length >= maxFindingsPerRule) return;
    const document = file === 'properties' ? subject.properties : subject.document;
    if (document === undefined) return;
    const location = document.locate(pointer);
    const key = keyOf(location.source, rule.code, location.pointer);
    if (seen.has(key)) return;
    seen.add(key);
    const { code, severity } = rule;
    const text = typeof suggestion === 'function' ? suggestion() : suggestion;
    findings.push({ code, severity, message, ...location, ...(text !== undefined && { suggestion: text }) });
  });
  const last = findings.at(-1);
  if (last === undefined || count <= maxFindingsPerRule) return findings;
  const more = `${last.message} There are ${count - maxFindingsPerRule} more of these.`;
  return [...findings.slice(0, -1), { ...last, message: more }];
}

function keyOf(source: string, code: string, pointer: string): string {
  return `${source} ${code} ${pointer}`;
}

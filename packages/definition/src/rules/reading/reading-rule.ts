import type { RuleDescription } from '../rule.ts';

/** What reading itself reports; the severities of the finding table's codes stand there. */
export type ReadingRule = Omit<RuleDescription, 'code' | 'group' | 'severity'> &
  Partial<Pick<RuleDescription, 'severity'>>;

/** A row of the tables in this folder. */
export function row(
  title: string,
  why: string,
  bad: string,
  good: string,
  ...ecosystemNames: readonly string[]
): ReadingRule {
  return { title, why, bad, good, ecosystemNames };
}

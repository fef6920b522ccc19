import type { Finding } from '../finding.ts';
import type { Subject } from './subject.ts';

/** What a person should know about a finding's code; each has a page in `docs/rules/`. */
export type RuleDescription = {
  /** kebab-case; the `code` of the findings. */
  readonly code: string;
  /** What the ecosystem's own validator calls it; several when one rule covers them, none when the rule is Patchbay's own. */
  readonly ecosystemNames: readonly string[];
  /** `technical` rules are checked whenever a description is read; `certification` rules when it is asked for. */
  readonly group: 'technical' | 'certification';
  readonly severity: Finding['severity'];
  /** What is asked of a description, in one sentence. */
  readonly title: string;
  /** What goes wrong otherwise. */
  readonly why: string;
  /** A piece of a description that breaks the rule. */
  readonly bad: string;
  /** The same piece put right. */
  readonly good: string;
};

/** One rule: what it is, and how a description is checked for it. */
export type Rule = RuleDescription & {
  readonly check: (subject: Subject, report: Report) => void;
};

/** Notes a breach of the rule at a JSON pointer of the description, or of another file. */
export type Report = (pointer: string, message: string, more?: ReportDetails) => void;

export type ReportDetails = {
  /** What to write instead, where that is safe to say. */
  readonly suggestion?: string | (() => string | undefined);
  /** The file that `pointer` is of; the description when absent. */
  readonly file?: 'definition' | 'properties';
};

import type { FindingCode, Severity } from '../findings.ts';
import type { Subject } from './subject.ts';

/** What a person should know about a finding's code; each has a section in `docs/flow-findings.md`. */
export type FlowRuleDescription = {
  readonly code: FindingCode;
  /** With an error a flow is not saved; a warning tells of what will go wrong, or of what the platform would refuse. */
  readonly severity: Severity;
  /** What is asked of a definition, in one sentence. */
  readonly title: string;
  /** What goes wrong otherwise. */
  readonly why: string;
  /** A definition that breaks the rule, as JSON. */
  readonly bad: string;
  /** The same put right. */
  readonly good: string;
};

/** One rule: what it is, and how a definition is checked for it. */
export type FlowRule = FlowRuleDescription & {
  readonly check: (subject: Subject, report: Report) => void;
};

/** Notes a breach of the rule at a JSON pointer into the definition. A message that is costly to make is made only when it is kept. */
export type Report = (
  pointer: string,
  message: string | (() => string),
  more?: { readonly severity?: Severity },
) => void;

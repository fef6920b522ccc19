import type { Finding } from './findings.ts';

/** More findings of one code tell a person nothing more. */
const mostOfOneCode = 200;

type Kept = { count: number; last: number };

/** Findings as they are made: each once, and of those that repeat themselves so many, with how many more there are. */
export class FindingList {
  readonly #findings: Finding[] = [];
  readonly #seen = new Set<string>();
  readonly #kept = new Map<string, Kept>();

  /** A message that is made by a function is made when it is kept. */
  add(found: Omit<Finding, 'message'>, message: string | (() => string)): void {
    // An error is not to be lost among warnings.
    const kind = `${found.code} ${found.severity}`;
    const kept = this.#kept.get(kind) ?? { count: 0, last: 0 };
    this.#kept.set(kind, kept);
    if (kept.count >= mostOfOneCode) {
      kept.count += 1;
      return;
    }
    const finding: Finding = { ...found, message: typeof message === 'string' ? message : message() };
    const key = `${kind} ${finding.pointer} ${finding.message}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    kept.count += 1;
    kept.last = this.#findings.push(finding) - 1;
  }

  /** All that were kept, in the order in which they were made. */
  list(): readonly Finding[] {
    const told = [...this.#findings];
    for (const { count, last } of this.#kept.values()) {
      const finding = told[last];
      if (finding === undefined || count <= mostOfOneCode) continue;
      told[last] = { ...finding, message: `${finding.message}. There are ${count - mostOfOneCode} more of these` };
    }
    return told;
  }
}

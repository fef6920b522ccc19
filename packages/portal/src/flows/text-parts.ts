import type { ApiFinding } from '../api/request.ts';

/** Lines up to one that there is something to say about, and what. */
export type TextPart = { readonly line: number; readonly lines: string; readonly findings: readonly ApiFinding[] };

/** A text cut after each line that there is something to say about. */
export function textParts(text: string, findings: readonly ApiFinding[]): readonly TextPart[] {
  const lines = text.split('\n');
  const placed = [...findings].map((finding) => ({ ...finding, line: Math.min(finding.line ?? 1, lines.length) }));
  const ends = [...new Set([...placed.map(({ line }) => line), lines.length])].sort((left, right) => left - right);
  return ends.map((end, index) => ({
    line: end,
    lines: `${lines.slice(ends[index - 1] ?? 0, end).join('\n')}\n`,
    findings: placed.filter(({ line }) => line === end),
  }));
}

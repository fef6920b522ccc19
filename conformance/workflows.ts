import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { JsonValue } from '@patchbay/expression';
import { compileDefinition, type Finding, readWorkflowFile } from '@patchbay/workflow';
import type { Report } from './report.ts';

type Verdict = {
  readonly kind: 'passed' | 'failed' | 'skipped';
  readonly text: string;
  readonly types: readonly string[];
};

/**
 * Compiles every workflow file below a folder. A definition passes without error findings; one whose only errors are types that the
 * engine does not know is skipped with those types named; anything else fails.
 */
export async function runWorkflows(path: string): Promise<Report> {
  const names = (await readdir(path, { recursive: true })).filter((name) => name.endsWith('.json')).sort();
  const counts = new Map<string, number>();
  const lines: string[] = [];
  const totals = { passed: 0, failed: 0, skipped: 0 };
  for (const name of names) {
    const file = join(path, name);
    const { kind, text, types } = judge(await readFile(file, 'utf8'));
    totals[kind]++;
    for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
    if (kind === 'failed') lines.push(`${relative(path, file)}: ${text}`);
  }
  const unsupported = [...counts].sort((left, right) => right[1] - left[1] || left[0].localeCompare(right[0]));
  for (const [type, count] of unsupported) lines.push(`unsupported type ${type}: ${count}`);
  return { ...totals, lines };
}

function judge(text: string): Verdict {
  const file = readWorkflowFile(JSON.parse(text) as JsonValue);
  if (file === undefined) return { kind: 'failed', text: 'not a workflow file', types: [] };
  const { findings } = compileDefinition(file.definition);
  const errors = findings.filter((finding) => finding.severity === 'error');
  const types = errors.filter(isUnknownType).map((finding) => finding.subject ?? '');
  const others = errors.filter((finding) => !isUnknownType(finding));
  const [first] = others;
  if (first !== undefined) return { kind: 'failed', text: describe(first, others.length), types };
  return { kind: types.length > 0 ? 'skipped' : 'passed', text: '', types };
}

function isUnknownType(finding: Finding): boolean {
  return finding.code === 'action-type-unknown' || finding.code === 'trigger-type-unknown';
}

function describe(finding: Finding, count: number): string {
  const more = count > 1 ? ` (and ${count - 1} more)` : '';
  return `${finding.code} at ${finding.pointer}: ${finding.message}${more}`;
}

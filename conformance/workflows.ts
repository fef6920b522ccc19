import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { JsonValue } from '@patchbay/expression';
import { compileDefinition, type Finding, readWorkflowFile } from '@patchbay/workflow';
import { parseExpressions } from './parse-expressions.ts';
import type { Report } from './report.ts';
import { walkFiles } from './walk-files.ts';

type Verdict = {
  readonly kind: 'passed' | 'failed' | 'skipped';
  /** Why it failed. */
  readonly text: string;
  /** Types that this version does not have, e.g. `action Workflow`. */
  readonly types: readonly string[];
  readonly parsed: number;
  readonly broken: readonly string[];
};

/**
 * Compiles every workflow file at or below a path, and parses every expression in it. A definition passes without error findings; one
 * whose only errors are types that this version does not have is skipped with those types named; anything else fails.
 */
export async function runWorkflows(path: string): Promise<Report> {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  const types = new Map<string, number>();
  const failures: string[] = [];
  const broken: string[] = [];
  let parsed = 0;
  for (const file of walkFiles(path).filter((name) => name.endsWith('.json'))) {
    const verdict = judge(readFileSync(file, 'utf8'));
    const name = relative(path, file) || file;
    totals[verdict.kind]++;
    parsed += verdict.parsed;
    for (const type of verdict.types) types.set(type, (types.get(type) ?? 0) + 1);
    for (const reason of verdict.broken) broken.push(`does not parse: ${name}: ${reason}`);
    if (verdict.kind === 'failed') failures.push(`failed: ${name}: ${verdict.text}`);
  }
  const unsupported = [...types]
    .sort((left, right) => right[1] - left[1] || left[0].localeCompare(right[0]))
    .map(([type, count]) => `unsupported ${type}: ${count}`);
  const expressions = `${parsed + broken.length} expressions: ${parsed} parse, ${broken.length} do not`;
  return { ...totals, lines: [...failures, ...unsupported, ...broken, expressions] };
}

function judge(text: string): Verdict {
  const document = parseDocument(text);
  if (document === undefined) return failure('not JSON');
  const file = readWorkflowFile(document);
  if (file === undefined) return failure('not a workflow file');
  const expressions = parseExpressions(file.definition);
  const { findings } = compileDefinition(file.definition);
  const errors = findings.filter((finding) => finding.severity === 'error');
  const types = errors.flatMap(unsupportedType);
  const others = errors.filter((finding) => unsupportedType(finding).length === 0);
  const [first] = others;
  if (first !== undefined) return { kind: 'failed', text: describe(first, others.length), types, ...expressions };
  return { kind: types.length > 0 ? 'skipped' : 'passed', text: '', types, ...expressions };
}

function failure(text: string): Verdict {
  return { kind: 'failed', text, types: [], parsed: 0, broken: [] };
}

function parseDocument(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as JsonValue;
  } catch {
    return undefined;
  }
}

function unsupportedType({ code, subject }: Finding): readonly string[] {
  if (code === 'action-type-unknown' || code === 'action-type-refused') return [`action ${subject}`];
  return code === 'trigger-type-unknown' ? [`trigger ${subject}`] : [];
}

function describe(finding: Finding, count: number): string {
  const more = count > 1 ? ` (and ${count - 1} more)` : '';
  return `${finding.code} at ${finding.pointer}: ${finding.message}${more}`;
}

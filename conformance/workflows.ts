import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { JsonValue } from '@patchbay/expression';
import { compileDefinition, type Finding, readWorkflowFile, type WorkflowFile } from '@patchbay/workflow';
import { FlowRoundTrips } from './flow-round-trips.ts';
import { createConnectorAnswers } from './flows/connector-answers.ts';
import { FlowEnds } from './flows/flow-ends.ts';
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
  readonly file?: WorkflowFile;
  /** As it was read, where there is a flow in it. */
  readonly document?: JsonValue;
};

/** What is asked for: of the definitions that are not refused for good the share that compiles, and of their runs the share that is explained. */
const bars = { compiled: 0.97, explained: 0.9 };

/**
 * Compiles every workflow file at or below a path, parses every expression in it, and writes it in every form and reads it again. A definition passes without error findings; one
 * whose only errors are types that this version does not have is skipped with those types named; anything else fails. Of those that pass
 * every `runEvery`-th is run with generated data; connectors answer as definitions below `connectors` say, where one is of their name.
 */
export async function runWorkflows(
  path: string,
  { runEvery, connectors = join(path, '../connectors') }: { readonly runEvery: number; readonly connectors?: string },
): Promise<Report> {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  const types = new Map<string, number>();
  const failures: string[] = [];
  const broken: string[] = [];
  const ends = new FlowEnds(createConnectorAnswers(connectors));
  const roundTrips = new FlowRoundTrips();
  let parsed = 0;
  for (const file of walkFiles(path).filter((name) => name.endsWith('.json'))) {
    const verdict = judge(readFileSync(file, 'utf8'));
    const name = relative(path, file) || file;
    totals[verdict.kind]++;
    parsed += verdict.parsed;
    for (const type of verdict.types) types.set(type, (types.get(type) ?? 0) + 1);
    for (const reason of verdict.broken) broken.push(`does not parse: ${name}: ${reason}`);
    if (verdict.kind === 'failed') failures.push(`failed: ${name}: ${verdict.text}`);
    const isRun = verdict.kind === 'passed' && totals.passed % runEvery === 0;
    if (verdict.document !== undefined) roundTrips.add(name, verdict.document);
    if (isRun && verdict.file !== undefined) await ends.run(name, verdict.file);
  }
  const unsupported = [...types]
    .sort((left, right) => right[1] - left[1] || left[0].localeCompare(right[0]))
    .map(([type, count]) => `unsupported ${type}: ${count}`);
  const expressions = `${parsed + broken.length} expressions: ${parsed} parse, ${broken.length} do not`;
  return {
    ...totals,
    lines: [
      ...failures,
      ...unsupported,
      ...broken,
      expressions,
      ...roundTrips.lines(),
      ...ends.lines(),
      compiledLine(totals),
    ],
    shortfalls: shortfalls(totals, ends, roundTrips),
  };
}

type Totals = { readonly passed: number; readonly failed: number; readonly skipped: number };

function compiledLine({ passed, failed, skipped }: Totals): string {
  const all = passed + failed + skipped;
  return `${passed} of ${passed + failed} definitions compile (${percent(passed, passed + failed)}); ${skipped} more use types that are refused, so of all ${percent(passed, all)}`;
}

function shortfalls({ passed, failed }: Totals, ends: FlowEnds, roundTrips: FlowRoundTrips): readonly string[] {
  return [
    ...(passed < bars.compiled * (passed + failed) ? [`less than ${percent(bars.compiled, 1)} compile`] : []),
    ...(ends.explainedShare < bars.explained
      ? [`less than ${percent(bars.explained, 1)} of the runs are explained`]
      : []),
    ...(roundTrips.changed > 0 ? ['flows came back from a form as others, without a word'] : []),
    ...(ends.engineErrors > 0 ? ['runs ended by an engine error'] : []),
  ];
}

function percent(part: number, whole: number): string {
  return `${(whole === 0 ? 100 : (part / whole) * 100).toFixed(1)} %`;
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
  if (first !== undefined)
    return { kind: 'failed', text: describe(first, others.length), types, document, ...expressions };
  return { kind: types.length > 0 ? 'skipped' : 'passed', text: '', types, document, ...expressions, file };
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

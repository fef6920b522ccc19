import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { type ConnectorFiles, certify, describeRules, type Finding, readConnector } from '@patchbay/definition';
import { isOpenapiRoot, readDescriptionFiles } from './description-files.ts';
import type { Report } from './report.ts';
import { walkFiles } from './walk-files.ts';

/** Findings of one code: how many there are, and in how many definitions of each kind. */
type Hits = { readonly severity: Finding['severity']; readonly counts: Map<string, number>; total: number };

/**
 * Checks every connector and OpenAPI 3.x document below a path against every rule, technical and of certification, and prints how
 * often each fires, by kind (the first folder below the path). A definition passes when no rule of certification finds an error.
 */
export async function runRules(path: string): Promise<Report> {
  const certification = new Set(describeRules().flatMap((rule) => (rule.group === 'certification' ? rule.code : [])));
  const totals = { passed: 0, failed: 0, skipped: 0 };
  const hits = new Map<string, Hits>();
  const kinds = new Map<string, { definitions: number; failed: number; warnings: number }>();
  const lines: string[] = [];
  for (const file of walkFiles(path)) {
    const files = filesOf(path, file);
    if (files === undefined) continue;
    const name = relative(path, dirname(file)).split(sep).join('/');
    const read = readConnector(files);
    if (read.model === undefined) {
      totals.skipped += 1;
      continue;
    }
    const kind = name.split('/')[0] ?? '';
    const counted = kinds.get(kind) ?? { definitions: 0, failed: 0, warnings: 0 };
    kinds.set(kind, counted);
    counted.definitions += 1;
    if (read.findings.some((one) => one.severity === 'warning')) counted.warnings += 1;
    const findings = [...read.findings, ...certify(read)];
    for (const one of findings) count(hits, one);
    for (const code of new Set(findings.map((one) => one.code))) countDefinition(hits, code, kind);
    const errors = findings.filter((one) => one.severity === 'error' && certification.has(one.code));
    totals[errors.length === 0 ? 'passed' : 'failed'] += 1;
    if (errors.length > 0) counted.failed += 1;
    for (const one of errors) lines.push(`${name}:${one.line}:${one.column} ${one.code} ${one.message}`);
  }
  const names = [...kinds.keys()];
  for (const [code, one] of [...hits].sort((left, right) => right[1].total - left[1].total)) {
    const each = names
      .filter((kind) => one.counts.has(kind))
      .map((kind) => `${kind || 'here'} ${one.counts.get(kind)}`)
      .join(', ');
    lines.push(`${one.severity} ${code}: ${one.total} findings; definitions: ${each}`);
  }
  for (const [kind, { definitions, failed, warnings }] of kinds) {
    const share = ((100 * failed) / definitions).toFixed(1);
    lines.push(
      `${kind || 'here'}: ${definitions} definitions, ${warnings} with technical warnings, ${failed} (${share} %) with errors of certification`,
    );
  }
  return { ...totals, lines };
}

function filesOf(folder: string, file: string): ConnectorFiles | undefined {
  if (/\.swagger\.json$/i.test(basename(file))) {
    const properties = join(dirname(file), 'apiProperties.json');
    return {
      definition: { name: basename(file), content: readFileSync(file) },
      ...(existsSync(properties) && { properties: { name: 'apiProperties.json', content: readFileSync(properties) } }),
    };
  }
  return isOpenapiRoot(file) ? readDescriptionFiles(folder, relative(folder, file).split(sep).join('/')) : undefined;
}

function hitsOf(hits: Map<string, Hits>, code: string, severity: Finding['severity']): Hits {
  const known = hits.get(code) ?? { severity, counts: new Map(), total: 0 };
  hits.set(code, known);
  return known;
}

function count(hits: Map<string, Hits>, { code, severity }: Finding): void {
  hitsOf(hits, code, severity).total += 1;
}

function countDefinition(hits: Map<string, Hits>, code: string, kind: string): void {
  const { counts } = hitsOf(hits, code, 'info');
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
}

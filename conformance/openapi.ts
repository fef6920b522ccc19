import { relative, sep } from 'node:path';
import { type Loss, readConnector } from '@patchbay/definition';
import { bindOperations } from './bind-operations.ts';
import { isOpenapiRoot, readDescriptionFiles } from './description-files.ts';
import type { Report } from './report.ts';
import { roundTrip } from './round-trip.ts';
import { walkFiles } from './walk-files.ts';

/**
 * Reads every OpenAPI 3.x document below a path, those of several files whole, compiles it, binds every operation with generated
 * arguments, writes it as a connector and reads that back. Counted are operations, and documents that could not be read or that
 * came back otherwise.
 */
export async function runOpenapi(path: string): Promise<Report> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const totals = { documents: 0, severalFiles: 0, webhooks: 0, triggers: 0 };
  const losses = new Map<string, number>();
  const lossesOfWriting = new Map<string, number>();
  const lines: string[] = [];
  for (const file of walkFiles(path)) {
    if (!isOpenapiRoot(file)) continue;
    const name = relative(path, file).split(sep).join('/');
    const files = readDescriptionFiles(path, name);
    const { model, format, findings, losses: lost } = readConnector(files);
    // The word may stand elsewhere than at the root.
    if (format !== 'openapi3' && findings.every((one) => one.severity !== 'error' || one.code === 'format-unsupported'))
      continue;
    totals.documents += 1;
    if ((files.others ?? []).length > 0) totals.severalFiles += 1;
    count(losses, lost);
    if (model === undefined) {
      counts.failed += 1;
      lines.push(`${name}: ${findings.find((one) => one.severity === 'error')?.message ?? 'not read'}`);
      continue;
    }
    totals.webhooks += model.webhooks.length;
    totals.triggers += model.operations.filter((one) => one.trigger !== undefined).length;
    const bound = bindOperations(model);
    for (const { operationId, problem } of bound) {
      if (problem === undefined) counts.passed += 1;
      else {
        counts.failed += 1;
        lines.push(`${name} ${operationId}: ${problem}`);
      }
    }
    const written = roundTrip(model, bound);
    count(lossesOfWriting, written.losses);
    if (written.problem !== undefined) {
      counts.failed += 1;
      lines.push(`${name} ${written.problem}`);
    }
  }
  lines.push(...inOrder('read', losses), ...inOrder('written', lossesOfWriting));
  lines.push(
    `${totals.documents} documents, ${totals.severalFiles} of several files; ${counts.passed} operations compiled and bound, ${totals.triggers} of them triggers; ${totals.webhooks} webhooks`,
  );
  return { ...counts, lines };
}

function count(counts: Map<string, number>, losses: readonly Loss[]): void {
  for (const { code } of losses) counts.set(code, (counts.get(code) ?? 0) + 1);
}

/** The most frequent first. */
function inOrder(when: string, counts: ReadonlyMap<string, number>): readonly string[] {
  return [...counts].sort((left, right) => right[1] - left[1]).map(([code, times]) => `${when}: ${code}: ${times}`);
}

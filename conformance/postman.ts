import { readFileSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { readConnector } from '@patchbay/definition';
import { bindOperations } from './bind-operations.ts';
import type { Report } from './report.ts';
import { roundTrip } from './round-trip.ts';
import { walkFiles } from './walk-files.ts';

/**
 * Imports every Postman collection below a path, compiles it, binds every operation with its required arguments and with all of
 * them, writes it as a connector and reads that back. Counted are operations, and collections that could not be imported or that
 * came back otherwise.
 */
export async function runPostman(path: string): Promise<Report> {
  const counts = { passed: 0, failed: 0, collections: 0, losses: 0 };
  const lines: string[] = [];
  for (const file of walkFiles(path).filter(isCollection)) {
    const name = relative(path, file);
    const read = readConnector({ definition: { name: basename(file), content: readFileSync(file) } });
    counts.collections += 1;
    const error = read.findings.find((finding) => finding.severity === 'error');
    if (read.model === undefined || read.format !== 'postman' || error !== undefined) {
      counts.failed += 1;
      lines.push(`${name}: ${error?.message ?? 'was not read as a collection'}`);
      continue;
    }
    counts.losses += read.losses.length;
    const bound = bindOperations(read.model);
    for (const { operationId, problem } of bound) {
      counts[problem === undefined ? 'passed' : 'failed'] += 1;
      if (problem !== undefined) lines.push(`${name} ${operationId}: ${problem}`);
    }
    const { problem } = roundTrip(read.model, bound);
    if (problem === undefined) continue;
    counts.failed += 1;
    lines.push(`${name} ${problem}`);
  }
  lines.push(
    `${counts.collections} collections: ${counts.passed} operations compiled and bound, ${counts.losses} losses listed`,
  );
  return { passed: counts.passed, failed: counts.failed, skipped: 0, lines };
}

function isCollection(file: string): boolean {
  return /\.(json|postman_collection)$/i.test(file);
}

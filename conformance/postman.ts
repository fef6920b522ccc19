import { readFileSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { type ReadResult, readConnector } from '@patchbay/definition';
import { bindOperations } from './bind-operations.ts';
import type { Report } from './report.ts';
import { roundTrip } from './round-trip.ts';
import { walkFiles } from './walk-files.ts';

/**
 * Imports every Postman collection below a path, compiles it, binds every operation, with its required arguments and with all of them,
 * and writes it as a connector that must read back to the same model and requests. Counted are collections.
 */
export async function runPostman(path: string): Promise<Report> {
  const counts = { passed: 0, failed: 0, operations: 0, losses: 0 };
  const lines: string[] = [];
  for (const file of walkFiles(path).filter(isCollection)) {
    const read = readConnector({ definition: { name: basename(file), content: readFileSync(file) } });
    const problems = judge(read);
    counts.operations += read.model?.operations.length ?? 0;
    counts.losses += read.losses.length;
    counts[problems.length === 0 ? 'passed' : 'failed'] += 1;
    for (const problem of problems) lines.push(`${relative(path, file)} ${problem}`);
  }
  lines.push(
    `${counts.passed + counts.failed} collections: ${counts.operations} operations compiled and bound, ${counts.losses} losses listed`,
  );
  return { passed: counts.passed, failed: counts.failed, skipped: 0, lines };
}

function judge({ model, format, findings }: ReadResult): readonly string[] {
  const error = findings.find((finding) => finding.severity === 'error');
  if (error !== undefined) return [`${error.line}:${error.column} ${error.message}`];
  if (model === undefined || format !== 'postman') return ['was not read as a collection'];
  const bound = bindOperations(model);
  const unbound = bound.flatMap(({ operationId, problem }) =>
    problem === undefined ? [] : [`${operationId}: ${problem}`],
  );
  const { problem } = roundTrip(model, bound);
  return problem === undefined ? unbound : [...unbound, problem];
}

function isCollection(file: string): boolean {
  return /\.(json|postman_collection)$/i.test(file);
}

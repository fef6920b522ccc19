import { readFileSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { compile } from '@patchbay/connector';
import { readConnector } from '@patchbay/definition';
import { generateArguments } from './generate-arguments.ts';
import type { Report } from './report.ts';
import { walkFiles } from './walk-files.ts';

/** Where operations go whose address only a connection completes. */
const baseUrl = 'https://api.example.com';

/**
 * Imports every Postman collection below a path, compiles it and binds every operation, with its required arguments and with all of
 * them. Counted are operations, and collections that could not be imported.
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
    const connector = compile(read.model, read.model.server.host === '' ? { baseUrl } : {});
    for (const operation of read.model.operations) {
      try {
        for (const all of [false, true])
          connector.operation(operation.operationId).bind(generateArguments(read.model, operation, all));
        counts.passed += 1;
      } catch (thrown) {
        counts.failed += 1;
        lines.push(`${name} ${operation.operationId}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
      }
    }
  }
  lines.push(
    `${counts.collections} collections: ${counts.passed} operations compiled and bound, ${counts.losses} losses listed`,
  );
  return { passed: counts.passed, failed: counts.failed, skipped: 0, lines };
}

function isCollection(file: string): boolean {
  return /\.(json|postman_collection)$/i.test(file);
}

import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { compile } from '@patchbay/connector';
import { readConnector } from '@patchbay/definition';
import { generateArguments } from './generate-arguments.ts';
import type { Report } from './report.ts';
import { walkFiles } from './walk-files.ts';

/**
 * Reads, compiles and binds every operation of every connector below a path, with generated arguments. Counted are operations, and
 * connectors that could not be read at all.
 */
export async function runConnectors(path: string): Promise<Report> {
  const counts = { passed: 0, failed: 0, skipped: 0, connectors: 0, unread: 0, withFindings: 0 };
  const lines: string[] = [];
  for (const file of walkFiles(path)) {
    if (!isDefinition(file)) continue;
    const propertiesPath = join(dirname(file), 'apiProperties.json');
    const { model, findings } = readConnector({
      definition: { name: basename(file), content: readFileSync(file) },
      ...(existsSync(propertiesPath) && {
        properties: { name: 'apiProperties.json', content: readFileSync(propertiesPath) },
      }),
    });
    counts.connectors += 1;
    if (findings.length > 0) counts.withFindings += 1;
    if (model === undefined) {
      counts.unread += 1;
      counts.failed += 1;
      lines.push(`${relative(path, file)}: ${findings.find((one) => one.severity === 'error')?.message ?? 'not read'}`);
      continue;
    }
    const connector = compile(model, model.server.host.startsWith('@') ? { baseUrl: 'https://example.com' } : {});
    for (const operation of model.operations) {
      try {
        for (const all of [false, true])
          connector.operation(operation.operationId).bind(generateArguments(model, operation, all));
        counts.passed += 1;
      } catch (error) {
        counts.failed += 1;
        lines.push(
          `${relative(path, file)} ${operation.operationId}: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }
  }
  lines.push(
    `${counts.connectors} connectors: ${counts.connectors - counts.unread} read, ${counts.withFindings} of them with findings; ${counts.passed} operations compiled and bound`,
  );
  return { passed: counts.passed, failed: counts.failed, skipped: counts.skipped, lines };
}

function isDefinition(file: string): boolean {
  const name = basename(file);
  return name === 'apiDefinition.swagger.json' || /\.swagger\.json$/i.test(name);
}

import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { type Finding, type ReadResult, readConnector } from '@patchbay/definition';
import { createEgress } from '@patchbay/egress';
import { bindOperations } from './bind-operations.ts';
import { type Calls, callFile, describeCalls } from './calls/call-file.ts';
import type { Report } from './report.ts';
import { roundTrip } from './round-trip.ts';
import { walkFiles } from './walk-files.ts';

export type ConnectorsOptions = {
  /** Of every how many connectors one is called too, before a mock of its definition; none when absent. */
  readonly callEvery?: number;
};

/**
 * Reads every connector below a path, compiles it, binds every operation with generated arguments, writes it and reads it back, and
 * calls it before a mock. A connector passes when all of that succeeds, what was read back is the same, and the mock accepted each
 * request that no rule explains.
 */
export async function runConnectors(path: string, { callEvery }: ConnectorsOptions = {}): Promise<Report> {
  const counts = { passed: 0, failed: 0, skipped: 0, unread: 0, withFindings: 0, operations: 0 };
  const lines: string[] = [];
  const calls: Calls[] = [];
  const egress = createEgress();
  try {
    for (const [index, file] of walkFiles(path).filter(isDefinition).entries()) {
      const { model, findings } = readFolder(file);
      if (findings.length > 0) counts.withFindings += 1;
      const problems = model === undefined ? [describe(findings)] : [...judge(model)];
      if (model === undefined) counts.unread += 1;
      counts.operations += model?.operations.length ?? 0;
      if (model !== undefined && callEvery !== undefined && index % callEvery === 0) {
        const called = await callFile(file, model, egress);
        calls.push(called);
        problems.push(...called.problems);
      }
      counts[problems.length === 0 ? 'passed' : 'failed'] += 1;
      for (const problem of problems) lines.push(`${relative(path, file)} ${problem}`);
    }
  } finally {
    await egress.close();
  }
  const connectors = counts.passed + counts.failed;
  lines.push(
    ...describeCalls(calls),
    `${connectors} connectors: ${connectors - counts.unread} read, ${counts.withFindings} of them with findings; ${counts.operations} operations compiled and bound`,
  );
  return { passed: counts.passed, failed: counts.failed, skipped: counts.skipped, lines };
}

function readFolder(file: string): ReadResult {
  const properties = join(dirname(file), 'apiProperties.json');
  return readConnector({
    definition: { name: basename(file), content: readFileSync(file) },
    ...(existsSync(properties) && {
      properties: { name: 'apiProperties.json', content: readFileSync(properties) },
    }),
  });
}

/** What is wrong with a connector that was read. */
function judge(model: NonNullable<ReadResult['model']>): readonly string[] {
  const bound = bindOperations(model);
  const unbound = bound.flatMap(({ operationId, problem }) =>
    problem === undefined ? [] : [`${operationId}: ${problem}`],
  );
  const { problem } = roundTrip(model, bound);
  return problem === undefined ? unbound : [...unbound, problem];
}

function describe(findings: readonly Finding[]): string {
  const error = findings.find((finding) => finding.severity === 'error');
  return error === undefined ? 'was not read' : `${error.line}:${error.column} ${error.message}`;
}

function isDefinition(file: string): boolean {
  const name = basename(file);
  return name === 'apiDefinition.swagger.json' || /\.swagger\.json$/i.test(name);
}

import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runConnectors } from './connectors.ts';
import { runCounterparts } from './counterparts.ts';
import { runExpressions } from './expressions.ts';
import { runOpenapi } from './openapi.ts';
import { runPostman } from './postman.ts';
import { runPostmanRoundTrips } from './postman-round-trip.ts';
import { isAsAsked, printReport, type Report } from './report.ts';
import { runRules } from './rules.ts';
import { runWorkflows } from './workflows.ts';
import { runWsdl } from './wsdl.ts';

/** What can be run against the product, by the first argument of `npm run conformance -- <kind> <path>`. */
const runners: Readonly<Record<string, (path: string, connectors?: string) => Promise<Report>>> = {
  connectors: (path) => runConnectors(path, { callEvery: 1 }),
  openapi: runOpenapi,
  wsdl: runWsdl,
  counterparts: runCounterparts,
  workflows: (path, connectors) => runWorkflows(path, { runEvery: 1, ...(connectors !== undefined && { connectors }) }),
  expressions: runExpressions,
  postman: runPostman,
  rules: runRules,
  'postman-round-trip': (path) => runPostmanRoundTrips(path),
};

async function main(args: readonly string[]): Promise<number> {
  const { kind, path, connectors } = readArguments(args);
  const run = Object.hasOwn(runners, kind) ? runners[kind] : undefined;
  if (run === undefined || path === undefined) {
    console.error(
      `Usage: npm run conformance -- ${Object.keys(runners).join('|')} <file or folder> [--connectors <folder>]`,
    );
    return 2;
  }
  if (!existsSync(path)) {
    console.error(`There is no ${path}.`);
    return 2;
  }
  const report = await run(path, connectors);
  printReport(report);
  return isAsAsked(report) ? 0 : 1;
}

function readArguments(args: readonly string[]) {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { connectors: { type: 'string' } },
  });
  const [kind = '', path] = positionals;
  return { kind, path, connectors: values.connectors };
}

process.exitCode = await main(process.argv.slice(2));

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runConnectors } from './connectors.ts';
import { runCounterparts } from './counterparts.ts';
import { runExpressions } from './expressions.ts';
import { runOpenapi } from './openapi.ts';
import { runPostman } from './postman.ts';
import { runPostmanRoundTrips } from './postman-round-trip.ts';
import type { Report } from './report.ts';
import { runRules } from './rules.ts';
import { runWorkflows } from './workflows.ts';
import { runWsdl } from './wsdl.ts';

const corpus = join(import.meta.dirname, '../../shared/corpus');
const isMissing = !existsSync(corpus);
const page = readFileSync(join(import.meta.dirname, '../docs/conformance.md'), 'utf8');

/** What a report says that the page does not: its closing line, and the exceptions, by `pattern`. */
function unexplained({ passed, failed, skipped, lines }: Report, pattern: RegExp): readonly string[] {
  const exceptions = lines.flatMap((line) => pattern.exec(line)?.slice(1).find(Boolean) ?? []);
  const closing = `${passed} passed, ${failed} failed, ${skipped} skipped`;
  return [closing, ...exceptions].filter((text) => !page.includes(text));
}

it.skipIf(isMissing)('gives what the table of expressions expects (needs ../shared/corpus)', async () => {
  const report = await runExpressions(join(corpus, 'expressions.json'));
  expect(report.lines.filter((line) => line.startsWith('failed'))).toEqual([]);
  expect(unexplained(report, /^skipped (\d+ \(disputed\))/)).toEqual([]);
});

it.skipIf(isMissing)(
  'reads, compiles and binds every published connector, and calls some (needs ../shared/corpus)',
  async () => {
    const report = await runConnectors(join(corpus, 'connectors'), { callEvery: 20 });
    const lines = report.lines.slice(0, -1).filter((line) => !/^(not accepted: |\d+ calls of )/.test(line));
    expect({ failed: report.failed, lines }).toEqual({ failed: 0, lines: [] });
    const [, made, accepted] = /^(\d+) calls of \d+ connectors: (\d+) accepted/.exec(report.lines.at(-2) ?? '') ?? [];
    expect(Number(accepted) / Number(made)).toBeGreaterThanOrEqual(0.99);
    expect(unexplained(report, /^(?:(\d+ connectors: .*)|not accepted: \d+ where (.*))$/)).toEqual([]);
  },
);

it.skipIf(isMissing)('reads, compiles and binds every OpenAPI 3 document (needs ../shared/corpus)', async () => {
  const report = await runOpenapi(join(corpus, 'openapi3'));
  expect(report.failed).toBe(0);
  expect(unexplained(report, /^(\d+ documents, .*|(?:read|written): .*|.* read back: .*)$/)).toEqual([]);
});

it.skipIf(isMissing)(
  'binds definitions and their counterparts to the same requests (needs ../shared/corpus)',
  async () => {
    const report = await runCounterparts(join(corpus, 'connectors'));
    expect(report.failed).toBe(0);
    expect(unexplained(report, /^(?:excluded: (.*)|compared without the Accept header: (\d+ operations) .*)$/)).toEqual(
      [],
    );
  },
);

it.skipIf(isMissing)(
  'finds errors of certification in under 3 % of certified connectors, and the page explains each (needs ../shared/corpus)',
  async () => {
    const report = await runRules(join(corpus, 'connectors'));
    const share = report.lines.flatMap((line) => /^certified-connectors: .*\((.*) %\)/.exec(line)?.[1] ?? []);
    expect(share.map(Number).filter((percent) => percent < 3).length).toBe(1);
    expect(unexplained(report, /^([\w-]+\/[^:]+):\d+:\d+ /)).toEqual([]);
  },
);

it.skipIf(isMissing)(
  'compiles all flows but those that the page explains, and runs them to ends that are explained (needs ../shared/corpus)',
  async () => {
    const report = await runWorkflows(join(corpus, 'flows'), { runEvery: 1 });
    expect(report.shortfalls).toEqual([]);
    const explained =
      /^(?:failed: ([^:]+):|unsupported ((?:action|trigger) [^:]+):|(\d+ expressions: .*)|(\d+ flows run twice: .*)|(?:not explained|engine error): (.*?) \((?:matching|other) data\)|(round-trip .*)|changed: (.*)|(\d+ of \d+ definitions .*))$/;
    expect(unexplained(report, explained)).toEqual([]);
  },
);

it.skipIf(isMissing)('imports, compiles and binds every Postman collection (needs ../shared/corpus)', async () => {
  const report = await runPostman(join(corpus, 'postman'));
  expect({ failed: report.failed, lines: report.lines.slice(0, -1) }).toEqual({ failed: 0, lines: [] });
  expect(unexplained(report, /^(\d+ collections: .*)$/)).toEqual([]);
});

it.skipIf(isMissing)(
  'reads, binds and writes back every WSDL document, or says why not (needs ../shared/corpus)',
  async () => {
    const { passed, failed, skipped, lines } = await runWsdl(join(corpus, 'wsdl'));
    expect({ failed, lines: lines.filter((line) => line.startsWith('failed')) }).toEqual({ failed: 0, lines: [] });
    expect(passed / (passed + skipped)).toBeGreaterThanOrEqual(0.9);
  },
);

it.skipIf(isMissing)(
  'imports collections that Postman wrote of definitions as operations that bind to the same requests (needs ../shared/corpus)',
  { timeout: 300_000 },
  async () => {
    const { passed, failed, lines } = await runPostmanRoundTrips(join(corpus, 'connectors'), 24);
    const problems = lines.filter((line) => !line.startsWith('not compared: '));
    expect({ hasPassed: passed > 0, failed, problems }).toEqual({ hasPassed: true, failed: 0, problems: [] });
  },
);

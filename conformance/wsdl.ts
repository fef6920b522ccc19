import { readFileSync } from 'node:fs';
import { basename, dirname, relative } from 'node:path';
import { compile, type ParameterValues } from '@patchbay/connector';
import {
  type Finding,
  modelDifference,
  type OperationModel,
  parseXml,
  type ReadResult,
  readConnector,
  referredFiles,
  writeConnector,
} from '@patchbay/definition';
import { completeChoices } from './complete-choices.ts';
import { readDescriptionFiles } from './description-files.ts';
import { generateArguments } from './generate-arguments.ts';
import type { Report } from './report.ts';
import { walkFiles } from './walk-files.ts';

/** Why a description may be refused: what it says, nobody here can call. */
const refusals: ReadonlySet<string> = new Set(['wsdl-no-operations', 'wsdl-version', 'soap-attachments']);
/** Why an operation may be left out of one that is read. */
const omissions: ReadonlySet<string> = new Set(['soap-attachments', 'soap-notification', 'wsdl-port-ignored']);

/**
 * Reads every WSDL 1.1 description below a path with the files beside it, compiles it and binds every operation with generated
 * arguments; the envelopes have to be well-formed, and written as a package it has to read back the same. Counted are descriptions that are somebody's to call: those that no other imports,
 * and those with bindings of their own. What is refused for a listed reason is skipped.
 */
export async function runWsdl(path: string): Promise<Report> {
  const counts = { passed: 0, failed: 0, skipped: 0, operations: 0 };
  const lines: string[] = [];
  const omitted = new Map<string, number>();
  const roots = findRoots(path);
  for (const file of roots) {
    const name = relative(path, file) || basename(file);
    const { model, findings } = readConnector(readDescriptionFiles(dirname(file), basename(file)));
    for (const { code } of findings) if (omissions.has(code)) omitted.set(code, (omitted.get(code) ?? 0) + 1);
    const refusal = model === undefined ? refusalOf(findings) : undefined;
    if (refusal !== undefined) {
      counts.skipped += 1;
      lines.push(`skipped ${name}: ${refusal}`);
      continue;
    }
    const problems = model === undefined ? [firstError(findings)] : bindAll(model);
    counts.operations += model?.operations.length ?? 0;
    if (problems.length === 0) counts.passed += 1;
    else counts.failed += 1;
    lines.push(...problems.map((problem) => `failed ${name}: ${problem}`));
  }
  lines.push(
    `${roots.length} descriptions: ${counts.passed} read, with ${counts.operations} operations bound`,
    ...[...omitted].map(([code, count]) => `${count} left out: ${code}`),
  );
  return { passed: counts.passed, failed: counts.failed, skipped: counts.skipped, lines };
}

/** Documents with a WSDL 1.1 root that nobody imports, or that bind operations themselves. */
function findRoots(path: string): readonly string[] {
  const documents = walkFiles(path).filter((file) => isWsdl(readFileSync(file, 'utf8')));
  const imported = new Set(documents.flatMap((file) => referredFiles(openFile(file))));
  return documents.filter(
    (file) => !imported.has(file) || /<(\w+:)?(service|binding)[\s>]/.test(readFileSync(file, 'utf8')),
  );
}

function isWsdl(text: string): boolean {
  if (!text.slice(0, 20_000).includes('http://schemas.xmlsoap.org/wsdl/')) return false;
  return parseXml(text).root?.local === 'definitions';
}

function openFile(file: string): { readonly name: string; readonly content: Uint8Array } {
  return { name: file, content: readFileSync(file) };
}

function refusalOf(findings: readonly Finding[]): string | undefined {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const isListed = errors.length > 0 && errors.every(({ code }) => refusals.has(code));
  return isListed ? errors.map(({ code, message }) => `${code}: ${message}`)[0] : undefined;
}

function firstError(findings: readonly Finding[]): string {
  const found = findings.find(({ severity }) => severity === 'error');
  return found === undefined ? 'not read' : `${found.line}:${found.column} ${found.code}: ${found.message}`;
}

type Model = NonNullable<ReadResult['model']>;

/** Binds every operation with what it requires and with all that it takes; answers what went wrong. */
function bindAll(model: Model): readonly string[] {
  const connector = compile(model, model.server.host === '' ? { baseUrl: 'https://example.com/service' } : {});
  const { model: back } = readConnector({
    definition: { name: 'apiDefinition.swagger.json', content: JSON.stringify(writeConnector(model).definition) },
  });
  const difference = back === undefined ? 'nothing' : modelDifference(model, back);
  const changes = difference === undefined ? [] : [`written and read back, it differs at ${difference}`];
  const unbound = model.operations.flatMap((operation) => {
    try {
      for (const all of [false, true]) {
        const given = argumentsFor(model, operation, all);
        const { body } = connector.operation(operation.operationId).bind(given);
        const { problem } = parseXml(typeof body === 'string' ? body : '');
        if (problem !== undefined)
          return [`${operation.operationId}: the envelope is not well-formed: ${problem.message}`];
      }
      return [];
    } catch (error) {
      return [`${operation.operationId}: ${error instanceof Error ? error.message : String(error)}`];
    }
  });
  return [...changes, ...unbound];
}

function argumentsFor(model: Model, operation: OperationModel, all: boolean): ParameterValues {
  const { soap, body } = operation;
  if (soap?.mode === 'passThrough') return { body: '<request/>' };
  const generated = generateArguments(model, operation, all);
  if (soap === undefined || body === undefined) return generated;
  const value = completeChoices(model, soap.request, body.schema, generated[body.name] ?? {});
  return { ...generated, [body.name]: value };
}

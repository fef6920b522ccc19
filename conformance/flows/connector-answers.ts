import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { JsonValue } from '@patchbay/expression';
import { walkFiles } from '../walk-files.ts';
import { entriesOf, isObject, listOf, member, memberAt, textAt } from './json.ts';

/** What a flow asks of a connector: an operation by its id, or a request. */
export type Asked = { readonly connector: string } & (
  | { readonly operationId: string }
  | { readonly method: string; readonly path: string }
);

/** Answers the JSON Schema of what a connector's own definition says that it answers, or tells of; `undefined` where there is none. */
export type ConnectorAnswers = (asked: Asked) => JsonValue | undefined;

/** Nothing is known of any connector. */
export const noConnectorAnswers: ConnectorAnswers = () => undefined;

const deepestReference = 6;

/** Reads definitions below a folder, each when a flow asks for a connector of the name of the definition's own folder. */
export function createConnectorAnswers(folder: string): ConnectorAnswers {
  if (!existsSync(folder)) return noConnectorAnswers;
  const files = new Map(
    walkFiles(folder)
      .filter((file) => file.endsWith('.swagger.json'))
      .map((file) => [plainName(basename(dirname(file))), file]),
  );
  const documents = new Map<string, JsonValue>();
  return (asked) => {
    const file = namesOf(asked.connector).flatMap((name) => files.get(name) ?? [])[0];
    if (file === undefined) return undefined;
    const document = documents.get(file) ?? readDocument(file);
    documents.set(file, document);
    return answerSchema(document, asked);
  };
}

/** `shared_things-5f1a2b` is the connector Things; those of independent publishers end in `ip`. */
function namesOf(connector: string): readonly string[] {
  const name = plainName(connector.replace(/^shared_/i, '').replace(/-5f[0-9a-f-]+$/i, ''));
  return [name, name.replace(/ip$/, '')];
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** What only a lenient reader reads says nothing here. */
function readDocument(file: string): JsonValue {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')) as JsonValue;
  } catch {
    return null;
  }
}

function answerSchema(document: JsonValue, asked: Asked): JsonValue | undefined {
  for (const [path, item] of entriesOf(member(document, 'paths'))) {
    for (const [method, operation] of entriesOf(item)) {
      if (!isObject(operation) || !isAsked(asked, path, method, operation)) continue;
      const told = memberAt(item, 'x-ms-notification-content', 'schema');
      const answer = ['200', '201', 'default'].map((status) => memberAt(operation, 'responses', status, 'schema'));
      const schema = told ?? answer.find((one) => one !== undefined);
      return schema === undefined ? undefined : withoutReferences(document, schema, []);
    }
  }
  return undefined;
}

function isAsked(asked: Asked, path: string, method: string, operation: JsonValue): boolean {
  if ('operationId' in asked) return textAt(operation, 'operationId') === asked.operationId;
  if (method.toLowerCase() !== asked.method.toLowerCase()) return false;
  const [described, given] = [segmentsOf(path.replace(/^\/\{connectionId\}/i, '')), segmentsOf(asked.path)];
  return (
    described.length === given.length &&
    described.every((segment, index) => segment.includes('{') || segment.toLowerCase() === given[index]?.toLowerCase())
  );
}

/** What an expression in a path gives is one segment. */
function segmentsOf(path: string): readonly string[] {
  return (
    path
      .replaceAll(/@\{[^}]*\}/g, 'value')
      .split('?')[0]
      ?.split('/')
      .filter(Boolean) ?? []
  );
}

/** A schema that contains itself, or goes on for long, says nothing there. */
function withoutReferences(document: JsonValue, schema: JsonValue, around: readonly string[]): JsonValue {
  if (Array.isArray(schema)) return listOf(schema).map((one) => withoutReferences(document, one, around));
  if (!isObject(schema)) return schema;
  const reference = textAt(schema, '$ref');
  if (reference !== undefined) {
    if (around.includes(reference) || around.length >= deepestReference) return {};
    const steps = reference.replace(/^#\//, '').split('/');
    const target = steps.reduce<JsonValue | undefined>(
      (found, step) => member(found, step.replaceAll('~1', '/').replaceAll('~0', '~')),
      document,
    );
    return target === undefined ? {} : withoutReferences(document, target, [...around, reference]);
  }
  return Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [name, withoutReferences(document, value, around)]),
  );
}

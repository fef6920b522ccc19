import type { Finding } from '../../finding.ts';
import type { DescriptionRead } from '../../format.ts';
import type { Loss } from '../../loss.ts';
import type { ConnectorModel, JsonValue, OperationModel } from '../../model.ts';
import { openDescription } from '../../open-description.ts';
import { openapi3Format } from '../openapi3-format.ts';

export type Members = { readonly [name: string]: JsonValue };

/** Reads a document of which only what matters is given; findings are the reader's own, without those of the rules. */
export function readDocument(
  members: Members,
  name = 'api.json',
): DescriptionRead & { readonly model: ConnectorModel } {
  const document = {
    openapi: '3.1.1',
    info: { title: 'Loans', version: '1' },
    servers: [{ url: 'https://api.test' }],
    paths: {},
    ...members,
  };
  const { description } = openDescription({ name, content: JSON.stringify(document) });
  const read = openapi3Format.read(description, { find: () => undefined });
  if (read.model === undefined) throw new Error('not read');
  return { ...read, model: read.model };
}

/** Reads a document with one operation, `post /x`. */
export function readOperation(
  operation: Members,
  members: Members = {},
): ReturnType<typeof readDocument> & { readonly operation: OperationModel } {
  const responses = { 204: { description: 'Done' } };
  const paths = { '/x': { post: { operationId: 'Send', responses, ...operation } } };
  const read = readDocument({ paths, ...members });
  const [only] = read.model.operations;
  if (only === undefined) throw new Error('no operation');
  return { ...read, operation: only };
}

/** Findings and losses in a line each. */
export function brief(read: {
  readonly findings: readonly Finding[];
  readonly losses: readonly Loss[];
}): readonly string[] {
  return [
    ...read.findings.map((one) => `${one.severity} ${one.code} ${one.pointer}`),
    ...read.losses.map((one) => `${one.kind} ${one.code} ${one.pointer}`),
  ];
}

import type { JsonValue, SchemaModel } from '../model.ts';
import { parseDocument } from '../sample/capture-body.ts';
import type { CapturedBody } from '../sample/captured-request.ts';
import { fillPlaceholders } from '../sample/placeholder-values.ts';
import { type FindValue, replaceVariables } from '../sample/variables.ts';
import { inferSchema } from '../schema/infer-schema.ts';
import { fillBodyVariables } from './fill-body-variables.ts';
import type { PostmanBody } from './postman-request.ts';

/**
 * A GraphQL request as what is sent: a JSON document of the query and its variables (GraphQL over HTTP). The query is what the
 * operation is, so it is fixed as a default; requests with another query are other operations.
 */
export function captureGraphql(
  { query: written, variables, pointer }: PostmanBody & { readonly kind: 'graphql' },
  find: FindValue,
): { readonly body: CapturedBody; readonly fields: readonly [] } {
  const query = replaceVariables(written, find);
  const given: JsonValue = parseDocument(fillBodyVariables(variables, find)) ?? {};
  const properties = new Map<string, SchemaModel>([
    ['query', { kind: 'string', title: 'query', default: query, visibility: 'internal' }],
    ['variables', { ...inferSchema([fillPlaceholders(given)]), title: 'variables' }],
  ]);
  const schema: SchemaModel = { kind: 'object', properties, required: ['query'], additionalProperties: true };
  const about = { contentType: 'application/json', isRequired: true, pointer };
  return { body: { kind: 'document', ...about, schema, key: query }, fields: [] };
}

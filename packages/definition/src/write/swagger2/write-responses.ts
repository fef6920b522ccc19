import type { JsonObject, JsonValue, OperationModel, ResponseModel } from '../../model.ts';
import { escapePointer } from '../../source/pointer.ts';
import { ownPrefix } from '../../source/reading.ts';
import { members, type Writing } from '../writing.ts';
import { writeHeaders } from './write-headers.ts';
import { writeFile, writeSchema } from './write-schema.ts';

/**
 * Writes the responses by status. A class of statuses (`2XX`), which Swagger 2.0 does not have, stands aside, with a copy under its
 * first status where that is free, so that other readers see what it looks like.
 */
export function writeResponses(writing: Writing, operation: OperationModel, pointer: string): JsonObject {
  const stated = new Set(operation.responses.map((response) => response.status));
  const written: [string, JsonValue][] = [];
  for (const response of operation.responses) {
    const { status } = response;
    if (!/^[1-5]XX$/i.test(status)) {
      written.push([status, writeResponse(writing, response, `${pointer}/${escapePointer(status)}`)]);
      continue;
    }
    const name = ownPrefix + status;
    const whole = writeResponse(writing, response, `${pointer}/${name}`);
    const first = `${status.charAt(0)}00`;
    if (!stated.has(first)) written.push([first, { ...whole, [`${ownPrefix}copy`]: true }]);
    written.push([name, whole]);
    writing.lose('response-range', `${pointer}/${name}`, { status, first, operation: operation.operationId });
  }
  // A Responses Object names one at least (OpenAPI 2.0).
  if (written.length === 0) written.push(['default', { description: '', [`${ownPrefix}copy`]: true }]);
  return { ...Object.fromEntries(written), ...operation.responsesExtensions };
}

function writeResponse(writing: Writing, response: ResponseModel, pointer: string): JsonObject {
  const { description, schema, headers, examples, extensions } = response;
  return members({
    description,
    schema: schema && (schema.kind === 'file' ? writeFile : writeSchema)(writing, schema, `${pointer}/schema`),
    headers: writeHeaders(writing, headers, pointer),
    examples,
    ...extensions,
  });
}

import type { ConnectorModel, JsonValue, OperationModel, ResponseModel } from '@patchbay/definition';
import { isJsonMediaType, type MockAnswer, mediaTypeOf } from '../message.ts';
import { sampleOf } from './sample-of.ts';

/** Header fields that are the server's own to write. */
const reserved = /^(connection|content-.*|date|keep-alive|set-cookie|trailer|transfer-encoding|upgrade)$/i;

/** The answer that a definition describes for an operation: its example, or a value made of its schema. */
export function answerOf(model: ConnectorModel, operation: OperationModel): MockAnswer {
  const response = goodResponseOf(operation);
  const status = statusOf(response);
  const headers = Object.fromEntries(
    (response?.headers ?? [])
      .filter(({ name }) => !reserved.test(name) && /^[\w!#$%&'*+.^`|~-]+$/.test(name))
      .map(({ name, schema }) => [name.toLowerCase(), headerText(sampleOf(model, schema))]),
  );
  const example = Object.entries(response?.examples ?? {})[0];
  if (example !== undefined) {
    const [contentType, value] = example;
    return { status, headers: { ...headers, 'content-type': contentType }, body: write(contentType, value) };
  }
  if (response?.schema === undefined) return { status, headers, body: '' };
  const sample = sampleOf(model, response.schema);
  const contentType = contentTypeOf(operation, sample);
  return { status, headers: { ...headers, 'content-type': contentType }, body: write(contentType, sample) };
}

/** The first good status that is described, else what is meant by `default`. */
function goodResponseOf({ responses }: OperationModel): ResponseModel | undefined {
  const good = responses.filter(({ status }) => /^2(\d\d|xx)$/i.test(status));
  const [first] = good.toSorted((left, right) => statusOf(left) - statusOf(right));
  return first ?? responses.find(({ status }) => status === 'default');
}

function statusOf(response: ResponseModel | undefined): number {
  return response !== undefined && /^\d{3}$/.test(response.status) ? Number(response.status) : 200;
}

/** JSON where the operation can produce it: that is what a value is made of a schema for. */
function contentTypeOf({ produces }: OperationModel, sample: JsonValue): string {
  const json = produces.find((one) => isJsonMediaType(mediaTypeOf(one)));
  const [first] = produces;
  return json ?? (first !== undefined && typeof sample === 'string' ? first : 'application/json');
}

function write(contentType: string, value: JsonValue): string {
  if (typeof value === 'string' && !isJsonMediaType(mediaTypeOf(contentType))) return value;
  return JSON.stringify(value);
}

function headerText(value: JsonValue): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replace(/[^\t\x20-\x7e]/g, '?');
}

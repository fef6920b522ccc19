import type { BodyModel, HeaderModel, JsonValue, OperationModel, ResponseModel, SchemaModel } from '../model.ts';
import { inferSchema } from '../schema/infer-schema.ts';
import type { Reading } from '../source/reading.ts';
import { buildParameters, type KeptValues } from './build-parameters.ts';
import { mediaType } from './capture-body.ts';
import type { CapturedBody, CapturedResponse } from './captured-request.ts';
import type { RequestGroup } from './group-requests.ts';
import { isServerHeader } from './header-kinds.ts';
import { isAddress } from './operation-names.ts';
import { fillPlaceholders } from './placeholder-values.ts';

export type OperationOptions = {
  readonly keptValues: KeptValues;
  /** Whether the first saved answer also is the `default` response, as the ecosystem's importers have it. */
  readonly firstAnswerIsDefault: boolean;
};

/** Makes an operation of the requests that are samples of it, and says what was inferred. Address and security are the caller's to add. */
export function buildOperation(
  reading: Reading,
  group: RequestGroup,
  operationId: string,
  options: OperationOptions,
): OperationModel {
  const [first] = group;
  const method = first.method.toLowerCase();
  const path = first.path === '' ? '/' : first.path;
  const parameters = buildParameters(group, options.keptValues);
  const body = buildBody(group);
  const responses = buildResponses(group, options.firstAnswerIsDefault);
  reportInferences(reading, group, { operationId, parameters, body, responses });
  return {
    operationId,
    method,
    path,
    summary: isAddress(first.name) ? `${method.toUpperCase()} ${path}` : first.name.trim(),
    description: group.find((request) => request.description !== '')?.description ?? '',
    visibility: 'normal',
    deprecated: false,
    tags: first.tags,
    parameters,
    ...(body !== undefined && { body }),
    responses,
    consumes: unique(group.flatMap((request) => (request.body === undefined ? [] : [request.body.contentType]))),
    produces: producesOf(group),
    extensions: {},
    pointer: first.pointer,
  };
}

function buildBody(group: RequestGroup): BodyModel | undefined {
  const bodies = group.flatMap((request) => (request.body === undefined ? [] : [request.body]));
  const [first] = bodies;
  if (first === undefined || first.kind === 'form') return undefined;
  return {
    name: 'body',
    required: bodies.length === group.length && bodies.every((one) => one.isRequired === true),
    schema: bodySchema(first, bodies),
    summary: 'body',
    description: bodies.find((one) => one.description !== undefined)?.description ?? '',
    visibility: 'normal',
    extensions: {},
    pointer: first.pointer,
  };
}

function bodySchema(first: CapturedBody, bodies: readonly CapturedBody[]): SchemaModel {
  if (first.schema !== undefined) return first.schema;
  switch (first.kind) {
    case 'text':
      return { kind: 'string' };
    case 'binary':
      return { kind: 'string', format: 'binary' };
    default:
      return inferSchema(bodies.flatMap((one) => (one.value === undefined ? [] : [fillPlaceholders(one.value)])));
  }
}

function buildResponses(group: RequestGroup, firstAnswerIsDefault: boolean): readonly ResponseModel[] {
  const answers = group.flatMap((request) => request.responses);
  const [first] = answers;
  if (first === undefined) return [{ status: 'default', description: '', headers: [], extensions: {} }];
  const byStatus = new Map<string, CapturedResponse[]>();
  for (const answer of answers) {
    const same = byStatus.get(answer.status);
    if (same === undefined) byStatus.set(answer.status, [answer]);
    else same.push(answer);
  }
  const responses = [...byStatus].map(([status, same]) => buildResponse(status, same));
  if (!firstAnswerIsDefault || byStatus.has('default')) return responses;
  return [...responses, buildResponse('default', [first])];
}

function buildResponse(status: string, answers: readonly CapturedResponse[]): ResponseModel {
  const schema = answerSchema(answers);
  const headers = new Map<string, HeaderModel>();
  for (const { name, description, value } of answers.flatMap((answer) => answer.headers)) {
    const key = name.toLowerCase();
    if (isServerHeader(name) || headers.has(key)) continue;
    const isInteger = /^\d{1,15}$/.test(value);
    headers.set(key, { name, description, schema: { kind: isInteger ? 'integer' : 'string' } });
  }
  return {
    status,
    description: answers.find((answer) => answer.description !== '')?.description ?? '',
    ...(schema !== undefined && { schema }),
    headers: [...headers.values()],
    extensions: {},
  };
}

function answerSchema(answers: readonly CapturedResponse[]): SchemaModel | undefined {
  const bodies = answers.flatMap((answer) => (answer.body === undefined ? [] : [answer.body]));
  const values = bodies.flatMap((body): JsonValue[] =>
    body.kind === 'document' ? [fillPlaceholders(body.value)] : [],
  );
  if (values.length > 0) return inferSchema(values, values.length > 1 ? 'in-all' : 'none');
  const [first] = bodies;
  if (first === undefined) return undefined;
  return first.kind === 'binary' ? { kind: 'file' } : { kind: 'string' };
}

function producesOf(group: RequestGroup): readonly string[] {
  const asked = group.flatMap((request) => request.accept).filter((type) => !type.startsWith('*/*'));
  if (asked.length > 0) return unique(asked);
  const good = group.flatMap((request) => request.responses).filter(({ status }) => /^(2..|default)$/.test(status));
  return unique(good.map(({ contentType }) => mediaType(contentType)).filter((type) => /^[^*/]+\/[^*/]+$/.test(type)));
}

type Built = Pick<OperationModel, 'operationId' | 'parameters' | 'responses'> & {
  readonly body: BodyModel | undefined;
};

function reportInferences(reading: Reading, group: RequestGroup, built: Built): void {
  const [first] = group;
  const { operationId: operation, parameters, body, responses } = built;
  if (parameters.length > 0) {
    const names = parameters.map((one) => one.name).join(', ');
    reading.lose('parameters-inferred', first.pointer, { operation, names });
  }
  if (body !== undefined) reading.lose('body-inferred', body.pointer, { operation });
  if (responses.some((response) => response.schema !== undefined)) {
    reading.lose('responses-inferred', first.pointer, { operation });
  } else reading.lose('responses-unknown', first.pointer, { operation });
  if (group.length > 1) {
    reading.lose('requests-merged', first.pointer, { operation, count: String(group.length) });
  }
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

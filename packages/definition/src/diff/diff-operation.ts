import type { OperationModel, ParameterModel, ResponseModel } from '../model.ts';
import type { Changes, Subject } from './change.ts';
import type { SchemaComparison } from './diff-schema.ts';
import { shown } from './shown.ts';

/** Compares two versions of an operation: identity, inputs, answers, texts. */
export function diffOperation(
  changes: Changes,
  schemas: SchemaComparison,
  before: OperationModel,
  after: OperationModel,
): void {
  const where: Subject = { subject: before.operationId, before: before.pointer, after: after.pointer };
  if (before.operationId !== after.operationId) {
    changes.add('operation-renamed', where, { from: before.operationId, to: after.operationId });
  }
  const [from, to] = [placeOf(before), placeOf(after)];
  if (from !== to) changes.add('operation-path', where, { from, to });
  diffTrigger(changes, schemas, where, before, after);
  diffParameters(changes, schemas, before, after);
  diffBody(changes, schemas, where, before, after);
  diffResponses(changes, schemas, where, before, after);
  if (!before.deprecated && after.deprecated) changes.add('operation-deprecated', where);
  if (before.deprecated && !after.deprecated) changes.add('operation-restored', where);
  for (const member of ['summary', 'description'] as const) {
    if (before[member] === after[member]) continue;
    changes.add('operation-text', where, { member, from: shown(before[member]), to: shown(after[member]) });
  }
  if (before.visibility !== after.visibility) {
    changes.add('operation-visibility', where, { from: before.visibility, to: after.visibility });
  }
}

/** A path parameter's name is how callers give it and compared with the parameters; the path is compared without. */
function placeOf({ method, path, serverUrl }: OperationModel): string {
  return `${method.toUpperCase()} ${serverUrl ?? ''}${path.replace(/\{[^}]*\}/g, '{}')}`;
}

function diffTrigger(
  changes: Changes,
  schemas: SchemaComparison,
  where: Subject,
  before: OperationModel,
  after: OperationModel,
): void {
  const [from, to] = [kindOf(before), kindOf(after)];
  if (from !== to) changes.add('operation-kind', where, { from, to });
  else if (before.trigger !== undefined && before.trigger.batch !== after.trigger?.batch) {
    const [one, many] = ['one object', 'an array of objects'];
    const isBatch = before.trigger.batch;
    changes.add('trigger-batch', where, { from: isBatch ? many : one, to: isBatch ? one : many });
  }
  const [old, now] = [before.trigger?.notification?.schema, after.trigger?.notification?.schema];
  if (old !== undefined && now !== undefined) schemas.output(where, 'The notification', old, now);
}

function kindOf({ trigger }: OperationModel): string {
  return trigger === undefined ? 'an action' : `a ${trigger.kind} trigger`;
}

function diffParameters(
  changes: Changes,
  schemas: SchemaComparison,
  before: OperationModel,
  after: OperationModel,
): void {
  const now = new Map(after.parameters.map((one) => [one.name, one]));
  const old = new Map(before.parameters.map((one) => [one.name, one]));
  for (const parameter of before.parameters) {
    const counterpart = now.get(parameter.name);
    if (counterpart !== undefined) diffParameter(changes, schemas, before.operationId, parameter, counterpart);
    else {
      const where = { subject: subjectOf(before, parameter), before: parameter.pointer };
      changes.add('parameter-removed', where, { name: parameter.name });
    }
  }
  for (const parameter of after.parameters) {
    if (old.has(parameter.name)) continue;
    const isNeeded = parameter.required && parameter.default === undefined;
    const where = { subject: subjectOf(before, parameter), after: parameter.pointer };
    changes.add(isNeeded ? 'parameter-added-required' : 'parameter-added', where, { name: parameter.name });
  }
}

function subjectOf({ operationId }: Pick<OperationModel, 'operationId'>, { name }: ParameterModel): string {
  return `${operationId} parameter ${name}`;
}

function diffParameter(
  changes: Changes,
  schemas: SchemaComparison,
  operationId: string,
  before: ParameterModel,
  after: ParameterModel,
): void {
  const { name } = before;
  const where: Subject = { subject: subjectOf({ operationId }, before), before: before.pointer, after: after.pointer };
  if (before.in !== after.in) changes.add('parameter-location', where, { name, from: before.in, to: after.in });
  const isNeeded = after.required && after.default === undefined;
  const wasNeeded = before.required && before.default === undefined;
  if (!before.required && isNeeded) changes.add('parameter-required', where, { name });
  else if (before.required && !wasNeeded && isNeeded) changes.add('parameter-default-removed', where, { name });
  else if (before.required && !after.required) changes.add('parameter-optional', where, { name });
  if (JSON.stringify(before.default) !== JSON.stringify(after.default) && !(isNeeded && !wasNeeded)) {
    changes.add('parameter-default', where, { name, from: shown(before.default), to: shown(after.default) });
  }
  if (wireOf(before) !== wireOf(after)) changes.add('parameter-serialisation', where, { name });
  schemas.input(where, `The parameter ${name}`, before.schema, after.schema);
  for (const member of ['summary', 'description'] as const) {
    if (before[member] === after[member]) continue;
    changes.add('parameter-text', where, { name, member, from: shown(before[member]), to: shown(after[member]) });
  }
  if (before.visibility !== after.visibility) {
    changes.add('parameter-visibility', where, { name, from: before.visibility, to: after.visibility });
  }
}

function wireOf({ collectionFormat, style, urlEncoding }: ParameterModel): string {
  return JSON.stringify([collectionFormat, style, urlEncoding]);
}

function diffBody(
  changes: Changes,
  schemas: SchemaComparison,
  where: Subject,
  { body: before }: OperationModel,
  { body: after }: OperationModel,
): void {
  if (before === undefined) {
    if (after !== undefined) changes.add(after.required ? 'body-added-required' : 'body-added', where);
  } else if (after === undefined) changes.add('body-removed', where);
  else {
    if (!before.required && after.required) changes.add('parameter-required', where, { name: before.name });
    if (before.required && !after.required) changes.add('parameter-optional', where, { name: before.name });
    schemas.input(where, 'The body', before.schema, after.schema);
  }
}

function diffResponses(
  changes: Changes,
  schemas: SchemaComparison,
  where: Subject,
  before: OperationModel,
  after: OperationModel,
): void {
  const now = new Map(after.responses.map((one) => [one.status, one]));
  const old = new Set(before.responses.map((one) => one.status));
  for (const response of before.responses) {
    const counterpart = now.get(response.status);
    if (counterpart !== undefined) diffResponse(changes, schemas, where, response, counterpart);
    // Answers that are no success carry no outputs that flows are made of.
    else if (isSuccess(response)) changes.add('response-removed', where, { status: response.status });
  }
  for (const { status } of after.responses) {
    if (!old.has(status)) changes.add('response-added', where, { status });
  }
}

function diffResponse(
  changes: Changes,
  schemas: SchemaComparison,
  where: Subject,
  before: ResponseModel,
  after: ResponseModel,
): void {
  const { status } = before;
  if (before.schema === undefined) {
    if (after.schema !== undefined) changes.add('response-described', where, { status });
  } else if (after.schema === undefined) {
    if (isSuccess(before)) changes.add('response-undescribed', where, { status });
  } else if (isSuccess(before)) schemas.output(where, `The answer ${status}`, before.schema, after.schema);
}

function isSuccess({ status }: ResponseModel): boolean {
  return status.startsWith('2') || status === 'default';
}

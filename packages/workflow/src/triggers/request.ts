import type { JsonValue } from '@patchbay/expression';
import type { ActionCompiler } from '../plan/action-compiler.ts';
import { hasOperationOption, isObject, type JsonObject, member, memberAt } from '../plan/json.ts';
import type { TriggerPlan } from '../plan/plan.ts';
import { createSchemaCheck, type SchemaCheck } from '../schema/schema-check.ts';
import { readRequestTrigger } from './request-trigger.ts';
import type { TriggerDefinition, TriggerKind } from './trigger-kind.ts';

/** A caller's HTTP request; with `EnableSchemaValidation` its body and header fields must match their schemas. */
export const request: TriggerKind = { type: 'Request', compile: compileRequest };
/** The older name of the same. */
export const manual: TriggerKind = { type: 'Manual', compile: compileRequest };

function compileRequest(
  { name, definition, pointer }: TriggerDefinition,
  compiler: ActionCompiler,
): Pick<TriggerPlan, 'checkBody' | 'checkHeaders'> {
  const read = readRequestTrigger(definition);
  if (read.kind === 'problem') {
    const message = `the request of trigger "${name}" cannot be taken: ${read.message}`;
    compiler.report('trigger-invalid', 'error', message, `${pointer}/inputs/${read.member}`);
  } else if (read.request.relativePath !== undefined && read.request.method === undefined) {
    const message = `trigger "${name}" has a relative path and no method; the platform takes it only with one`;
    compiler.report('trigger-invalid', 'warning', message, `${pointer}/inputs/relativePath`);
  }
  if (!hasOperationOption(definition, 'EnableSchemaValidation')) return {};
  const body = schemaOf(memberAt(definition, 'inputs', 'schema'));
  const headers = memberAt(definition, 'inputs', 'headersSchema');
  const checkHeaders = isObject(headers) ? schemaOf(withLowerCaseNames(headers)) : undefined;
  return {
    ...(body === undefined ? {} : { checkBody: body }),
    ...(checkHeaders === undefined ? {} : { checkHeaders }),
  };
}

function schemaOf(schema: JsonValue | undefined): SchemaCheck | undefined {
  return schema === undefined || schema === null ? undefined : createSchemaCheck(schema);
}

/** Names of header fields are told in lower case. */
function withLowerCaseNames(schema: JsonObject): JsonObject {
  const properties = member(schema, 'properties');
  const required = member(schema, 'required');
  return {
    ...schema,
    ...(isObject(properties) && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, value]) => [name.toLowerCase(), value])),
    }),
    ...(Array.isArray(required) && {
      required: required.map((name: JsonValue) => (typeof name === 'string' ? name.toLowerCase() : name)),
    }),
  };
}

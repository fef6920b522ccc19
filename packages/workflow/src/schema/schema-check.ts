import { stringify, toText, type Value } from '@patchbay/expression';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { isRecord, typeOf } from '../run/value-types.ts';

/** What a value breaks of its schema, in the platform's words. */
export type SchemaProblem = { readonly message: string; readonly path: string; readonly errorType: string };
export type SchemaCheck = (value: Value) => readonly SchemaProblem[];

const maximumProblems = 10;

/**
 * Compiles a JSON Schema as authors of flows write it: draft 4 and later keywords side by side, unknown formats and keywords ignored.
 * A schema that cannot be used at all accepts everything.
 */
export function createSchemaCheck(schema: Value): SchemaCheck {
  const plain: unknown = JSON.parse(stringify(schema));
  if (typeof plain !== 'object' || plain === null || Object.keys(plain).length === 0) return () => [];
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    verbose: true,
    validateSchema: false,
    validateFormats: false,
    logger: false,
    addUsedSchema: false,
  });
  const validate = tryCompile(ajv, tolerate(plain) as object);
  if (validate === undefined) return () => [];
  return (value) => {
    if (validate(JSON.parse(stringify(value)))) return [];
    return (validate.errors ?? []).filter(isLeaf).slice(0, maximumProblems).map(describe);
  };
}

/** References that lead nowhere and the like make a schema useless, not the flow. */
function tryCompile(ajv: Ajv, schema: object): ValidateFunction | undefined {
  try {
    return ajv.compile(schema);
  } catch {
    return undefined;
  }
}

const simpleTypes = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']);

/** Draft 3 and 4 spellings in today's words; what no draft knows is left out. */
function tolerate(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(tolerate);
  if (typeof schema !== 'object' || schema === null) return schema;
  const source = schema as { readonly [key: string]: unknown };
  const made: { [key: string]: unknown } = {};
  for (const [key, value] of Object.entries(source)) {
    if (key === '$schema' || key === 'id' || key === '$id') continue;
    const kept = tolerateKeyword(key, value, source);
    if (kept !== undefined) made[key] = kept;
  }
  return made;
}

function tolerateKeyword(key: string, value: unknown, source: { readonly [key: string]: unknown }): unknown {
  switch (key) {
    case 'type':
      return readTypes(value);
    case 'required':
      return Array.isArray(value) ? [...new Set(value.filter((name) => typeof name === 'string'))] : undefined;
    case 'enum':
      return Array.isArray(value) && value.length > 0 ? value : undefined;
    case 'const':
    case 'default':
    case 'examples':
      return value;
    case 'exclusiveMinimum':
      return value === true ? source['minimum'] : typeof value === 'number' ? value : undefined;
    case 'exclusiveMaximum':
      return value === true ? source['maximum'] : typeof value === 'number' ? value : undefined;
    case 'pattern':
      return typeof value === 'string' && isPattern(value) ? value : undefined;
    case 'properties':
    case 'definitions':
    case '$defs':
    case 'patternProperties':
    case 'dependencies':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .filter(([name]) => key !== 'patternProperties' || isPattern(name))
              .map(([name, entry]) => [name, Array.isArray(entry) ? entry : tolerate(entry)]),
          )
        : undefined;
    case 'items':
    case 'additionalProperties':
    case 'not':
    case 'allOf':
    case 'anyOf':
    case 'oneOf':
      return typeof value === 'object' || typeof value === 'boolean' ? tolerate(value) : undefined;
    default:
      return value;
  }
}

function readTypes(value: unknown): unknown {
  const types = (Array.isArray(value) ? value : [value]).map((type) =>
    typeof type === 'string' ? type.toLowerCase() : '',
  );
  return types.every((type) => simpleTypes.has(type)) ? [...new Set(types)] : undefined;
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}

/** Errors of `anyOf` and the like repeat what their parts say already. */
function isLeaf(error: ErrorObject): boolean {
  return !['anyOf', 'oneOf', 'allOf', 'if', 'not'].includes(error.keyword);
}

function describe(error: ErrorObject): SchemaProblem {
  return { message: messageOf(error), path: pathOf(error.instancePath), errorType: error.keyword };
}

function messageOf(error: ErrorObject): string {
  const value = error.data as Value;
  const limit = toText(((error.params as { readonly limit?: number }).limit ?? null) as Value);
  switch (error.keyword) {
    case 'type':
      return `Invalid type. Expected ${typeNames(error.schema)} but got ${typeOf(value)}.`;
    case 'required':
      return `Required properties are missing from object: ${(error.params as { readonly missingProperty: string }).missingProperty}.`;
    case 'enum':
      return `Value ${stringify(value)} is not defined in enum.`;
    case 'minimum':
      return `${typeOf(value)} ${toText(value)} is less than minimum value of ${limit}.`;
    case 'maximum':
      return `${typeOf(value)} ${toText(value)} exceeds maximum value of ${limit}.`;
    case 'minLength':
      return `String '${toText(value)}' is less than minimum length of ${limit}.`;
    case 'maxLength':
      return `String '${toText(value)}' exceeds maximum length of ${limit}.`;
    case 'pattern':
      return `String '${toText(value)}' does not match regex pattern '${String(error.schema)}'.`;
    case 'minItems':
      return `Array item count ${countOf(value)} is less than minimum count of ${limit}.`;
    case 'maxItems':
      return `Array item count ${countOf(value)} exceeds maximum count of ${limit}.`;
    case 'additionalProperties':
      return `Property '${(error.params as { readonly additionalProperty: string }).additionalProperty}' has not been defined and the schema does not allow additional properties.`;
    default:
      return `The value ${error.message ?? `breaks the keyword '${error.keyword}'`}.`;
  }
}

function typeNames(types: unknown): string {
  const names: { readonly [type: string]: string } = { number: 'Number' };
  return (Array.isArray(types) ? types : [types])
    .map((type) => names[String(type)] ?? String(type).charAt(0).toUpperCase() + String(type).slice(1))
    .join(', ');
}

function countOf(value: Value): number {
  return Array.isArray(value) ? value.length : isRecord(value) ? Object.keys(value).length : 0;
}

/** `/a/0/b` as `a[0].b`, the way Json.NET writes paths. */
function pathOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, step) => (/^\d+$/.test(step) ? `${path}[${step}]` : path === '' ? step : `${path}.${step}`), '');
}

import type { ParameterModel, SchemaModel } from '../model.ts';
import type { CapturedParameter } from './captured-request.ts';
import { isSecretName } from './credential-headers.ts';
import type { RequestGroup } from './group-requests.ts';
import { inferParameter, typedValue } from './infer-parameter.ts';
import { isPlaceholder } from './placeholder-types.ts';
import { variablesIn } from './variables.ts';

/** Samples of one parameter, one for each request that had it. */
type Samples = readonly [CapturedParameter, ...CapturedParameter[]];
const maxTestLength = 200;

/** What of the values that were sent may be kept: as `x-ms-test-value`, or nothing. */
export type KeptValues = 'test-values' | 'none';

/** Every parameter that any of the requests had: those of the path in its order, then in the order of their first occurrence. */
export function buildParameters(group: RequestGroup, kept: KeptValues): readonly ParameterModel[] {
  const byKey = new Map<string, [CapturedParameter, ...CapturedParameter[]]>();
  const names = pathNames(group[0].path);
  for (const request of group) {
    const own = pathNames(request.path);
    for (const parameter of joinRepeated(request.parameters)) {
      // The same place in the path is the same parameter, whatever a later request calls it.
      const name = parameter.in === 'path' ? (names[own.indexOf(parameter.name)] ?? parameter.name) : parameter.name;
      const key = `${parameter.in} ${parameter.in === 'header' ? name.toLowerCase() : name}`;
      const same = byKey.get(key);
      if (same === undefined) byKey.set(key, [{ ...parameter, name }]);
      else same.push(parameter);
    }
  }
  const built = [...byKey.values()].map((samples) => buildParameter(samples, group.length, kept));
  const isInPath = (parameter: ParameterModel): boolean => parameter.in === 'path';
  return [...built.filter(isInPath), ...built.filter((parameter) => !isInPath(parameter))];
}

/** Parts of one name are one parameter with several values. */
function joinRepeated(parameters: readonly CapturedParameter[]): readonly CapturedParameter[] {
  const byKey = Map.groupBy(parameters, (parameter) => `${parameter.in} ${parameter.name}`);
  return [...byKey.values()].flatMap(([first, ...others]) => {
    if (first === undefined || others.length === 0) return first ?? [];
    return [{ ...first, values: [first, ...others].flatMap(({ values }) => values) }];
  });
}

function pathNames(path: string): readonly string[] {
  return [...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
}

function buildParameter(samples: Samples, requestCount: number, kept: KeptValues): ParameterModel {
  const [first] = samples;
  const schema = schemaOf(samples);
  const isInPath = first.in === 'path';
  const isSecret = isSecretName(first.name);
  const defaults = samples.map((one) => one.default).filter((value) => value !== undefined && !isSecret);
  const [defaultText] = defaults;
  const testValue = kept === 'none' || isSecret ? undefined : testValueOf(samples, schema);
  const format = schema.kind === 'array' ? (schema.collectionFormat ?? 'csv') : undefined;
  const partType = samples.find((one) => one.partType !== undefined)?.partType;
  return {
    name: first.name,
    in: first.in,
    required: isInPath || (samples.length === requestCount && samples.every((one) => one.required)),
    schema,
    ...(format !== undefined && { collectionFormat: format }),
    ...(partType !== undefined && { part: { contentType: partType, headers: [] } }),
    urlEncoding: 'single',
    summary: first.name,
    description: samples.find((one) => one.description !== '')?.description ?? '',
    visibility: 'normal',
    ...(defaultText !== undefined && new Set(defaults).size === 1 && { default: valueAs(schema, defaultText) }),
    allowEmptyValue: !isInPath && samples.some((one) => one.values.includes('')),
    extensions: testValue === undefined ? {} : { 'x-ms-test-value': testValue },
    pointer: first.pointer,
  };
}

function schemaOf(samples: Samples): SchemaModel {
  const [first] = samples;
  if (samples.some((one) => one.isFile === true)) return { kind: 'file' };
  const stated = samples.find((one) => one.schema !== undefined)?.schema;
  if (stated !== undefined) return stated;
  const isRepeated = samples.some((one) => one.values.length > 1);
  const schema = inferParameter(
    first.in,
    samples.flatMap((one) => one.values.filter((value) => variablesIn(value).length === 0)),
  );
  const canRepeat = first.in === 'query' || first.in === 'formData';
  if (!isRepeated || !canRepeat || schema.kind === 'array') return schema;
  return { kind: 'array', items: schema, collectionFormat: 'multi' };
}

function testValueOf(samples: Samples, schema: SchemaModel) {
  const value = samples.flatMap((one) => one.values).find((text) => text !== '');
  const isSample = value !== undefined && !isPlaceholder(value) && variablesIn(value).length === 0;
  if (!isSample || value.length > maxTestLength || schema.kind === 'array' || schema.kind === 'file') return undefined;
  return valueAs(schema, value);
}

function valueAs(schema: SchemaModel, text: string) {
  return schema.kind === 'string' ? text : typedValue(text);
}

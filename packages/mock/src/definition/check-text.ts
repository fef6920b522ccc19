import {
  type ConnectorModel,
  type JsonValue,
  type ParameterModel,
  resolveSchema,
  type SchemaModel,
} from '@patchbay/definition';

export type CheckText = {
  readonly isObject: boolean;
  /** What is wrong with the values that were sent, as the end of a sentence. */
  readonly problemOf: (values: readonly string[]) => string | undefined;
};

const delimiters: { readonly [format: string]: string } = { csv: ',', ssv: ' ', tsv: '\t', pipes: '|' };

/** Compiles what a parameter that travels as text must look like. */
export function compileTextCheck(model: ConnectorModel, parameter: ParameterModel): CheckText {
  const schema = resolveSchema(model, parameter.schema);
  const isObject = schema.kind === 'object' || schema.kind === 'allOf';
  if (parameter.style !== undefined) return { isObject, problemOf: compileStyled(model, parameter, schema) };
  if (schema.kind !== 'array') return { isObject, problemOf: (values) => problemOfText(schema, values[0] ?? '') };
  const items = resolveSchema(model, schema.items);
  const delimiter = delimiters[parameter.collectionFormat ?? 'csv'];
  return {
    isObject,
    problemOf: (values) =>
      firstProblem(
        items,
        values.flatMap((value) => (delimiter === undefined ? [value] : value.split(delimiter))),
      ),
  };
}

/** Of values in the styles of OpenAPI 3 only those are looked into that stand as they are: the others have their own syntax. */
function compileStyled(
  model: ConnectorModel,
  { style }: ParameterModel,
  schema: SchemaModel,
): (values: readonly string[]) => string | undefined {
  if (style?.kind !== 'simple' && style?.kind !== 'form') return () => undefined;
  if (schema.kind === 'object' || schema.kind === 'allOf') return () => undefined;
  if (schema.kind !== 'array') return ([value = '']) => problemOfText(schema, value);
  const items = resolveSchema(model, schema.items);
  const isSplit = style.kind === 'simple' || !style.explode;
  return (values) => firstProblem(items, isSplit ? values.flatMap((value) => value.split(',')) : values);
}

function firstProblem(items: SchemaModel, values: readonly string[]): string | undefined {
  return values.map((value) => problemOfText(items, value)).find((problem) => problem !== undefined);
}

function problemOfText(schema: SchemaModel, text: string): string | undefined {
  const shown = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
  switch (schema.kind) {
    case 'integer':
      if (!/^[+-]?\d+$/.test(text)) return `should be a whole number, not ${shown}`;
      break;
    case 'number':
      if (text.trim() === '' || !Number.isFinite(Number(text))) return `should be a number, not ${shown}`;
      break;
    case 'boolean':
      if (!/^(true|false)$/i.test(text)) return `should be true or false, not ${shown}`;
      break;
    default:
      break;
  }
  const { enum: choices } = schema;
  if (choices === undefined || choices.length === 0 || choices.some((choice) => textOf(choice) === text))
    return undefined;
  return `should be one of ${choices.map(textOf).join(', ')}, not ${shown}`;
}

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

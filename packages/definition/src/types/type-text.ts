import type { ConnectorModel, JsonObject, JsonValue, SchemaModel } from '../model.ts';
import { docComment } from './doc-comment.ts';
import { memberName } from './type-names.ts';

const step = '  ';

/** What types are written with: the names of the shared schemas and of the type of files. */
export type TypeScope = {
  readonly names: ReadonlyMap<string, string>;
  readonly file: string;
  /** Shared schemas that must not be named here, because the type that is being declared would name itself. */
  readonly isCircular: (name: string) => boolean;
};

/** A schema as a TypeScript type. `indent` is that of the line on which it begins. */
export function typeText(scope: TypeScope, schema: SchemaModel, indent: string): string {
  const text = schema.enum === undefined ? shapeText(scope, schema, indent) : schema.enum.map(literalText).join(' | ');
  return schema.nullable === true && schema.kind !== 'null' ? `${text} | null` : text;
}

function shapeText(scope: TypeScope, schema: SchemaModel, indent: string): string {
  switch (schema.kind) {
    case 'reference':
      return scope.isCircular(schema.name) ? 'unknown' : (scope.names.get(schema.name) ?? 'unknown');
    case 'object':
      return objectText(scope, schema, indent);
    case 'array':
      // Below a list a type may name itself.
      return `${grouped(typeText(within(scope), schema.items, indent))}[]`;
    case 'allOf':
      return schema.members.map((one) => grouped(typeText(scope, one, indent))).join(' & ') || 'unknown';
    case 'oneOf':
    case 'anyOf':
      return schema.members.map((one) => grouped(typeText(scope, one, indent))).join(' | ') || 'unknown';
    case 'integer':
    case 'number':
      return 'number';
    case 'file':
      return scope.file;
    case 'string':
    case 'boolean':
    case 'null':
      return schema.kind;
    case 'any':
      return 'unknown';
  }
}

function objectText(scope: TypeScope, schema: SchemaModel & { readonly kind: 'object' }, indent: string): string {
  const { properties, additionalProperties: more, required } = schema;
  const inner = within(scope);
  const known = [...properties].map(([name, property]) =>
    memberText({ name, isRequired: required.includes(name), schema: property, scope: inner }, indent + step),
  );
  const rest = more === true || more === false ? 'unknown' : typeText(inner, more, indent);
  const open = `{ [name: string]: ${rest} }`;
  if (known.length === 0) return more === false ? '{ [name: string]: never }' : open;
  const closed = `{\n${known.join('')}${indent}}`;
  return more === true || more === false ? closed : `${closed} & ${open}`;
}

export type TypeMember = {
  readonly name: string;
  readonly isRequired: boolean;
  readonly schema: SchemaModel;
  readonly scope: TypeScope;
  /** What to say of it besides what its schema says. */
  readonly about?: readonly (string | undefined)[];
};

/** A member of an object type, on lines of its own. */
export function memberText({ name, isRequired, schema, scope, about = [] }: TypeMember, indent: string): string {
  const comment = docComment([...about, ...aboutSchema(schema)], indent);
  return `${comment}${indent}${memberName(name)}${isRequired ? '' : '?'}: ${typeText(scope, schema, indent)};\n`;
}

/** What a schema says of itself for a person. */
export function aboutSchema(schema: SchemaModel): readonly (string | undefined)[] {
  const { summary, title, description, format, deprecated, readOnly, writeOnly } = schema;
  return [
    summary ?? title,
    description,
    format === undefined ? undefined : `Format: ${format}`,
    readOnly === true ? 'Only answered, never sent.' : undefined,
    writeOnly === true ? 'Only sent, never answered.' : undefined,
    deprecated === true ? '@deprecated' : undefined,
  ];
}

/** The scope below an object or a list, where types may name themselves. */
function within(scope: TypeScope): TypeScope {
  return { ...scope, isCircular: () => false };
}

function grouped(text: string): string {
  return / [|&] /.test(text) ? `(${text})` : text;
}

function literalText(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(literalText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value as JsonObject).map(([name, one]) => `${memberName(name)}: ${literalText(one)}`);
  return members.length === 0 ? '{ [name: string]: never }' : `{ ${members.join('; ')} }`;
}

/** Whether a shared schema is, by names, choices and combinations alone, made of another. */
export function directReach(model: Pick<ConnectorModel, 'schemas'>): (from: string, to: string) => boolean {
  const direct = new Map([...model.schemas].map(([name, schema]) => [name, namesIn(schema)]));
  return (from, to) => {
    const visited = new Set<string>();
    const pending = [from];
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      if (name === to) return true;
      if (visited.has(name)) continue;
      visited.add(name);
      pending.push(...(direct.get(name) ?? []));
    }
    return false;
  };
}

function namesIn(schema: SchemaModel): readonly string[] {
  switch (schema.kind) {
    case 'reference':
      return [schema.name];
    case 'allOf':
    case 'oneOf':
    case 'anyOf':
      return schema.members.flatMap(namesIn);
    default:
      return [];
  }
}

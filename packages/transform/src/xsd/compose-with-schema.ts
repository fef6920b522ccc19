import { toText, type Value } from '@patchbay/expression';
import { TransformError } from '../errors.ts';
import { serializeXml } from '../xml/serialize-xml.ts';
import { TreeBuilder } from '../xml/tree-builder.ts';
import { elementsOf } from './parse-with-schema.ts';
import { readSchema } from './read-schema.ts';
import type { SchemaElement, SchemaType } from './schema-model.ts';
import { validateXml } from './validate-xml.ts';

export type ComposeRequest = {
  readonly content: Value;
  readonly schema: string;
  readonly schemas: Readonly<Record<string, string>>;
};

/**
 * Writes JSON as XML that fits a schema: `{root: {…}}` with Json.NET's names, elements in the order of the schema and in its namespaces.
 * Throws `TransformError` when the result does not fit.
 */
export function composeWithSchema({ content, schema, schemas }: ComposeRequest): string {
  const { elements, targetNamespace } = readSchema(schema, schemas);
  const [name, value, ...more] = isObject(content) ? Object.entries(content).flat() : [];
  if (typeof name !== 'string' || value === undefined || more.length > 0) {
    throw new TransformError(
      'ContentInvalid',
      'The content must be an object with one member, named after the root element.',
    );
  }
  const local = localName(name);
  const declared =
    elements.get(`{${targetNamespace}}${local}`) ?? [...elements.values()].find((element) => element.name === local);
  if (declared === undefined) {
    throw new TransformError('ContentInvalid', `The schema has no element "${local}".`);
  }
  const builder = new TreeBuilder({ next: 0 });
  writeElement(value, declared, builder);
  const text = serializeXml(builder.finish(), { declaration: true });
  validateXml({ content: text, schema, schemas });
  return text;
}

function writeElement(value: Value, declared: SchemaElement, builder: TreeBuilder): void {
  const { name, namespace } = declared;
  const type = declared.type();
  builder.start({ namespace, prefix: namespace === '' ? '' : 'ns0', local: name });
  if (isObject(value)) writeMembers(value, type, builder);
  else builder.text(textOf(value));
  builder.end();
}

function writeMembers(value: { readonly [key: string]: Value }, type: SchemaType, builder: TreeBuilder): void {
  const attributes = type.kind === 'complex' ? type.attributes : [];
  for (const [key, given] of Object.entries(value)) {
    if (!key.startsWith('@') || key.startsWith('@xmlns')) continue;
    const local = localName(key.slice(1));
    const namespace = attributes.find((attribute) => attribute.name === local)?.namespace ?? '';
    builder.attribute({ namespace, prefix: namespace === '' ? '' : 'ns0', local }, textOf(given));
  }
  const text = value['#text'];
  if (text !== undefined) builder.text(textOf(text));
  const members = Object.entries(value).filter(
    ([key]) => !key.startsWith('@') && !key.startsWith('#') && !key.startsWith('?'),
  );
  const known = type.kind === 'complex' && type.particle !== undefined ? elementsOf(type.particle, 1) : [];
  const names = known.map(({ element }) => element.name);
  for (const [key] of members) {
    if (!names.includes(localName(key))) {
      throw new TransformError('ContentInvalid', `The schema has no element "${localName(key)}" in that place.`);
    }
  }
  for (const { element } of known) {
    for (const [key, given] of members) {
      if (localName(key) !== element.name) continue;
      for (const one of isList(given) ? given : [given]) writeElement(one, element, builder);
    }
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Truth values as XML Schema writes them. */
function textOf(value: Value): string {
  return typeof value === 'boolean' ? String(value) : toText(value);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function isObject(value: Value): value is { readonly [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('isReal' in value);
}

import { parseJson, type Value } from '@patchbay/expression';
import { TransformError } from '../errors.ts';
import { type ElementNode, qualifiedName, rootElement, stringValue } from '../xml/node.ts';
import { parseXml } from '../xml/parse-xml.ts';
import { readSchema } from './read-schema.ts';
import type { BuiltIn, Particle, SchemaElement, SchemaType } from './schema-model.ts';
import { type ValidationRequest, validateXml } from './validate-xml.ts';

/**
 * Reads XML as JSON with the types of its schema: numbers and truth values as such, what may repeat as a list. Names as Json.NET has them:
 * attributes `@name`, text beside them `#text`. Throws `TransformError`.
 */
export function parseWithSchema(request: ValidationRequest): Value {
  validateXml(request);
  const schema = readSchema(request.schema, request.schemas);
  const root = rootElement(parseXml(request.content, 'the content', { next: 0 }));
  if (root === undefined) throw new TransformError('ContentInvalid', 'The content has no element.');
  const declared = schema.elements.get(`{${root.namespace}}${root.local}`);
  return { [qualifiedName(root)]: elementValue(root, declared?.type()) };
}

function elementValue(element: ElementNode, type: SchemaType | undefined): Value {
  if (isNil(element)) return null;
  if (type?.kind === 'simple') return typedText(stringValue(element), type.base);
  const attributes = [...namespaceMembers(element), ...attributeMembers(element, type)];
  const children = element.children.filter((child) => child.kind === 'element');
  const text = stringValue(element);
  if (children.length === 0) {
    const value = type?.text === undefined ? text : typedText(text, type.text);
    if (attributes.length === 0) return type?.particle === undefined ? value : null;
    return Object.fromEntries(text === '' ? attributes : [...attributes, ['#text', value]]);
  }
  return Object.fromEntries([...attributes, ...childMembers(children, type)]);
}

function isNil(element: ElementNode): boolean {
  return element.attributes.some(
    ({ local, namespace, value }) =>
      local === 'nil' && namespace === 'http://www.w3.org/2001/XMLSchema-instance' && value === 'true',
  );
}

function namespaceMembers(element: ElementNode): readonly (readonly [string, Value])[] {
  return [...element.declared].map(([prefix, uri]) => [prefix === '' ? '@xmlns' : `@xmlns:${prefix}`, uri]);
}

function attributeMembers(element: ElementNode, type: SchemaType | undefined): readonly (readonly [string, Value])[] {
  const known = type?.kind === 'complex' ? type.attributes : [];
  return element.attributes.map((attribute) => {
    const declared = known.find(({ name, namespace }) => name === attribute.local && namespace === attribute.namespace);
    return [`@${qualifiedName(attribute)}`, typedText(attribute.value, declared?.base ?? 'string')];
  });
}

function childMembers(
  children: readonly ElementNode[],
  type: SchemaType | undefined,
): readonly (readonly [string, Value])[] {
  const known = type?.kind === 'complex' && type.particle !== undefined ? elementsOf(type.particle, 1) : [];
  const groups = new Map<string, { readonly values: Value[]; readonly repeats: boolean }>();
  for (const child of children) {
    const declared = known.find(({ element }) => element.name === child.local && element.namespace === child.namespace);
    const value = elementValue(child, declared?.element.type());
    const group = groups.get(qualifiedName(child));
    if (group === undefined) groups.set(qualifiedName(child), { values: [value], repeats: declared?.repeats ?? false });
    else group.values.push(value);
  }
  return [...groups].map(([name, { values, repeats }]) => [
    name,
    values.length === 1 && !repeats ? (values[0] ?? null) : values,
  ]);
}

/** The elements that a type may hold, and whether each may come more than once. */
export function elementsOf(
  particle: Particle,
  times: number,
): readonly { readonly element: SchemaElement; readonly repeats: boolean }[] {
  if (particle.kind === 'element') {
    return [{ element: particle.element, repeats: times * particle.element.maxOccurs > 1 }];
  }
  return particle.items.flatMap((item) => elementsOf(item, times * particle.maxOccurs));
}

function typedText(text: string, base: BuiltIn): Value {
  const trimmed = text.trim();
  switch (base) {
    case 'boolean':
      return trimmed === 'true' || trimmed === '1';
    case 'integer':
      return /^[+-]?\d+$/.test(trimmed) ? parseJson(trimmed.replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1')) : text;
    case 'decimal': {
      const number = trimmed
        .replace(/^\+/, '')
        .replace(/^(-?)0+(?=\d)/, '$1')
        .replace(/^(-?)\./, '$10.')
        .replace(/\.(?=$|[eE])/, '');
      return /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(number) ? parseJson(number) : text;
    }
    default:
      return text;
  }
}

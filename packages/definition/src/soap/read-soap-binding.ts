import type {
  JsonObject,
  JsonValue,
  SoapBinding,
  SoapMessage,
  XmlAttributeUse,
  XmlComplexType,
  XmlElementUse,
  XmlName,
  XmlParticle,
  XmlSimpleType,
  XmlTypes,
  XmlTypeUse,
} from '../model.ts';
import { isObject, member } from '../source/reading.ts';

/** What is not as a binding is written. */
class NotABinding extends Error {}

/** Reads a binding that was written into an extension; undefined when it is none. */
export function readSoapBinding(value: JsonValue): SoapBinding | undefined {
  return orUndefined(() => {
    const source = objectOf(value);
    const response = member(source, 'response');
    return {
      version: oneOf(source, 'version', ['1.1', '1.2']),
      mode: oneOf(source, 'mode', ['rest', 'passThrough']),
      action: textOf(source, 'action'),
      endpoint: endpointOf(source),
      request: readMessage(member(source, 'request')),
      ...(response !== undefined && { response: readMessage(response) }),
      faults: listOf(source, 'faults').map(readElement),
    };
  });
}

/** Reads the XML types that were written into an extension; undefined when they are none. */
export function readXmlTypes(value: JsonValue): XmlTypes | undefined {
  return orUndefined(
    () =>
      new Map(Object.entries(objectOf(value)).map(([key, type]): [string, XmlComplexType] => [key, readType(type)])),
  );
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotABinding) return undefined;
    throw error;
  }
}

/** What follows the base URL must not lead to another host or path. */
function endpointOf(source: JsonObject): string {
  const endpoint = textOf(source, 'endpoint');
  if (!/^\/*(\?[^#\s]*)?$/.test(endpoint)) throw new NotABinding();
  return endpoint;
}

function readMessage(value: JsonValue | undefined): SoapMessage {
  const source = objectOf(value);
  const wrapper = member(source, 'wrapper');
  return {
    ...(wrapper !== undefined && { wrapper: readName(wrapper) }),
    parts: listOf(source, 'parts').map(readElement),
    shape: oneOf(source, 'shape', ['content', 'parts']),
    headers: listOf(source, 'headers').map(readElement),
    encoded: isTrue(source, 'encoded'),
  };
}

function readType(value: JsonValue | undefined): XmlComplexType {
  const source = objectOf(value);
  const [name, base, content, text, array] = ['name', 'base', 'content', 'text', 'array'].map((one) =>
    member(source, one),
  );
  return {
    ...(name !== undefined && { name: readName(name) }),
    ...(base !== undefined && { base: textOf(source, 'base') }),
    ...(isTrue(source, 'abstract') && { abstract: true }),
    ...(isTrue(source, 'mixed') && { mixed: true }),
    ...(array !== undefined && { array: readArray(array) }),
    ...(text !== undefined && { text: readSimple(text) }),
    ...(content !== undefined && { content: readParticle(content) }),
    attributes: listOf(source, 'attributes').map(readAttribute),
    ...(isTrue(source, 'anyAttribute') && { anyAttribute: true }),
  };
}

function readArray(value: JsonValue): NonNullable<XmlComplexType['array']> {
  const source = objectOf(value);
  return { item: readUse(member(source, 'item')), itemName: readName(member(source, 'itemName')) };
}

function readAttribute(value: JsonValue): XmlAttributeUse {
  const source = objectOf(value);
  return {
    name: readName(member(source, 'name')),
    member: textOf(source, 'member'),
    type: readSimple(member(source, 'type')),
    required: isTrue(source, 'required'),
    ...readConstraint(source),
  };
}

function readElement(value: JsonValue): XmlElementUse {
  const particle = readParticle(value);
  if (particle.kind !== 'element') throw new NotABinding();
  return particle;
}

function readParticle(value: JsonValue): XmlParticle {
  const source = objectOf(value);
  const kind = oneOf(source, 'kind', ['element', 'wildcard', 'sequence', 'choice', 'all']);
  const occurrence = {
    min: countOf(source, 'min'),
    max: member(source, 'max') === null ? null : countOf(source, 'max'),
  };
  if (kind === 'wildcard') return { kind, ...occurrence };
  if (kind !== 'element') return { kind, particles: listOf(source, 'particles').map(readParticle), ...occurrence };
  return {
    kind,
    name: readName(member(source, 'name')),
    member: textOf(source, 'member'),
    type: readUse(member(source, 'type')),
    nillable: isTrue(source, 'nillable'),
    ...occurrence,
    ...readConstraint(source),
  };
}

function readConstraint(source: JsonObject): { readonly default?: string; readonly fixed?: string } {
  return {
    ...(member(source, 'default') !== undefined && { default: textOf(source, 'default') }),
    ...(member(source, 'fixed') !== undefined && { fixed: textOf(source, 'fixed') }),
  };
}

function readUse(value: JsonValue | undefined): XmlTypeUse {
  const source = objectOf(value);
  const kind = member(source, 'kind');
  if (kind === 'any') return { kind };
  return kind === 'complex' ? { kind, key: textOf(source, 'key') } : readSimple(source);
}

function readSimple(value: JsonValue | undefined): XmlSimpleType {
  const source = objectOf(value);
  const kind = oneOf(source, 'kind', ['atomic', 'list', 'union']);
  const name = member(source, 'name');
  const about = name === undefined ? {} : { name: readName(name) };
  if (kind === 'atomic') return { kind, builtIn: textOf(source, 'builtIn'), ...about };
  if (kind === 'list') return { kind, item: readSimple(member(source, 'item')), ...about };
  return { kind, members: listOf(source, 'members').map(readSimple), ...about };
}

function readName(value: JsonValue | undefined): XmlName {
  const source = objectOf(value);
  const local = textOf(source, 'local');
  // What names elements is written into documents as it stands.
  if (!/^[\p{L}_][\p{L}\p{N}\p{M}_.\u00B7-]*$/u.test(local)) throw new NotABinding();
  return { namespace: textOf(source, 'namespace'), local };
}

function objectOf(value: JsonValue | undefined): JsonObject {
  if (!isObject(value)) throw new NotABinding();
  return value;
}

function listOf(source: JsonObject, name: string): readonly JsonValue[] {
  const value = member(source, name);
  if (!Array.isArray(value)) throw new NotABinding();
  return value;
}

function textOf(source: JsonObject, name: string): string {
  const value = member(source, name);
  if (typeof value !== 'string') throw new NotABinding();
  return value;
}

function countOf(source: JsonObject, name: string): number {
  const value = member(source, name);
  if (typeof value !== 'number' || value < 0 || !Number.isSafeInteger(value)) throw new NotABinding();
  return value;
}

function isTrue(source: JsonObject, name: string): boolean {
  return member(source, name) === true;
}

function oneOf<const T extends string>(source: JsonObject, name: string, values: readonly T[]): T {
  const found = values.find((one) => one === member(source, name));
  if (found === undefined) throw new NotABinding();
  return found;
}

import type { JsonObject, JsonValue, XmlName } from '@patchbay/definition';
import { ConnectorError } from '../errors.ts';
import { escapeAttribute, escapeText } from './escape-xml.ts';
import type { Prefixes } from './prefixes.ts';
import { mismatch, parseName } from './write-simple.ts';

/** Deeper, JSON does not nest unless it was made to exhaust the stack. */
export const maxDepth = 150;

/** Writes elements that no schema describes: one for each item, named by the member. `@xmlns` changes the namespace for what is inside. */
export function writeOther(
  member: string,
  value: JsonValue,
  namespace: string,
  path: string,
  prefixes: Prefixes,
  depth = 0,
): string {
  if (depth > maxDepth) throw tooDeep(path);
  if (Array.isArray(value)) {
    return value
      .map((item: JsonValue, index) => writeOther(member, item, namespace, `${path}/${index}`, prefixes, depth + 1))
      .join('');
  }
  const stated = isObject(value) ? own(value, '@xmlns') : undefined;
  const inner = typeof stated === 'string' ? stated : namespace;
  const tag = prefixes.write(checkedName({ namespace: inner, local: member }, path));
  const { attributes, content } = writeInside(value, inner, path, prefixes, depth);
  return content === '' ? `<${tag}${attributes}/>` : `<${tag}${attributes}>${content}</${tag}>`;
}

/** The attributes and the content of an element that no schema describes. */
export function writeInside(
  value: JsonValue,
  namespace: string,
  path: string,
  prefixes: Prefixes,
  depth: number,
): { readonly attributes: string; readonly content: string } {
  if (value === null) return { attributes: ' xsi:nil="true"', content: '' };
  if (!isObject(value)) return { attributes: '', content: escapeText(scalarText(value, path), path) };
  let attributes = '';
  let content = '';
  for (const [name, item] of Object.entries(value)) {
    if (name === '@xmlns' || item === undefined) continue;
    const at = `${path}/${name}`;
    if (name === '@xsi:type')
      attributes += ` xsi:type="${escapeAttribute(prefixes.write(parseName(scalarText(item, at))), at)}"`;
    else if (name === '#text') content += escapeText(scalarText(item, at), at);
    else if (name.startsWith('@'))
      attributes += ` ${attributeName(name, at)}="${escapeAttribute(scalarText(item, at), at)}"`;
    else content += writeOther(name, item, namespace, at, prefixes, depth + 1);
  }
  return { attributes, content };
}

function scalarText(value: JsonValue, path: string): string {
  if (typeof value !== 'object') return String(value);
  throw mismatch(value, path, 'text');
}

/** An attribute's name from a member: `@name`, or `@xml:lang`. */
export function attributeName(member: string, path: string): string {
  const name = member.slice(1);
  const local = name.startsWith('xml:') ? name.slice(4) : name;
  checkedName({ namespace: '', local }, path);
  return name;
}

/** Names are written as they stand, so only what XML calls a name may be one (Namespaces in XML 1.0, NCName). */
export function checkedName(name: XmlName, path: string): XmlName {
  if (/^[\p{L}_][\p{L}\p{N}\p{M}_.\u00B7-]*$/u.test(name.local)) return name;
  throw new ConnectorError(
    'parameter-invalid',
    `${path}: "${name.local.slice(0, 60)}" cannot be the name of an XML element.`,
  );
}

export function tooDeep(path: string): ConnectorError {
  return new ConnectorError('parameter-invalid', `${path.slice(0, 100)}… nests deeper than ${maxDepth} levels.`);
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own member, whatever its name. */
export function own(value: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

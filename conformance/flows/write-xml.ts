import type { JsonValue } from '@patchbay/expression';
import { entriesOf, isObject, type JsonObject, listOf } from './json.ts';

/** XML that reads as an object of one member: `@name` is an attribute, `#text` text, a list elements of one name. Prefixes are declared. */
export function writeXml(root: JsonObject): string {
  const [first] = Object.entries(root);
  if (first === undefined) return '<root/>';
  const prefixes = new Set([...namesIn(root)].flatMap((name) => /^@?([\w.-]+):/.exec(name)?.[1] ?? []));
  const declared = [...prefixes].filter((prefix) => prefix !== 'xml' && prefix !== 'xmlns');
  const namespaces = declared.map((prefix) => ` xmlns:${prefix}="urn:${prefix}"`).join('');
  return element(first[0], first[1], namespaces);
}

function* namesIn(value: JsonValue): Generator<string> {
  for (const [name, member] of entriesOf(value)) {
    yield name;
    yield* namesIn(member);
  }
  for (const item of listOf(value)) yield* namesIn(item);
}

function element(name: string, value: JsonValue, namespaces = ''): string {
  const members = entriesOf(value);
  const attributes = members
    .filter(([member]) => member.startsWith('@'))
    .map(([member, text]) => ` ${member.slice(1)}="${escaped(text)}"`)
    .join('');
  const content = isObject(value)
    ? members
        .filter(([member]) => !member.startsWith('@'))
        .map(([member, inner]) => contentOf(member, inner))
        .join('')
    : escaped(value);
  return `<${name}${namespaces}${attributes}>${content}</${name}>`;
}

function contentOf(name: string, value: JsonValue): string {
  if (name.startsWith('#')) return escaped(value);
  return Array.isArray(value)
    ? listOf(value)
        .map((item) => element(name, item))
        .join('')
    : element(name, value);
}

function escaped(value: JsonValue): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

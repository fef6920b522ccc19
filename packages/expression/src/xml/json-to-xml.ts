import type { Value, ValueObject } from '../contract.ts';
import { invalidArgument } from '../functions/check-arguments.ts';
import { encodeXmlName } from '../functions/string/encode-xml-name.ts';
import { isArray, isObject, plainText } from '../values.ts';

/** JSON as XML in Json.NET's convention; the object must have exactly one root property, which is not an array. */
export function jsonToXml(value: ValueObject): string {
  const names = Object.keys(value).filter((name) => name !== '?xml');
  const [root] = names;
  if (names.length !== 1 || root === undefined || isArray(value[root] ?? null)) {
    throw invalidArgument('xml', 'expects an object with one root property that is not an array.');
  }
  return writeElement(root, value[root] ?? null);
}

function writeElement(name: string, value: Value): string {
  if (isArray(value)) return value.map((item) => writeElement(name, item)).join('');
  const tag = nameOf(name);
  if (!isObject(value)) return value === null ? `<${tag} />` : `<${tag}>${escapeText(textOf(value))}</${tag}>`;
  let attributes = '';
  let content = '';
  for (const [member, item] of Object.entries(value)) {
    if (member.startsWith('@')) attributes += ` ${nameOf(member.slice(1))}="${escapeText(textOf(item))}"`;
    else if (member === '#text') content += escapeText(textOf(item));
    else if (member === '#cdata-section') content += `<![CDATA[${textOf(item).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
    else content += writeElement(member, item);
  }
  return content === '' ? `<${tag}${attributes} />` : `<${tag}${attributes}>${content}</${tag}>`;
}

function nameOf(name: string): string {
  return encodeXmlName.apply([name], {} as never) as string;
}

function textOf(value: Value): string {
  return typeof value === 'boolean' ? String(value) : plainText(value);
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

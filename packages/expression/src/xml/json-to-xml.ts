import type { Value, ValueObject } from '../contract.ts';
import { invalidArgument } from '../functions/check-arguments.ts';
import { checkTextLength } from '../functions/limits.ts';
import { encodeName } from '../functions/string/encode-xml-name.ts';
import { TextBuilder } from '../text-builder.ts';
import { isArray, isObject, memberOf, plainText } from '../values.ts';
import { escapeXmlText } from './escape-xml.ts';

/**
 * JSON as XML in Json.NET's convention; the object must have exactly one root property, which is not an array. Values share parts, so
 * the length is looked at while it is written.
 */
export function jsonToXml(value: ValueObject): string {
  const names = Object.keys(value).filter((name) => !name.startsWith('?'));
  const [root] = names;
  if (names.length > 1) {
    throw invalidArgument(
      'xml',
      'parameter is not valid. The provided value cannot be converted to XML: the root object has several properties, and must have a single one.',
    );
  }
  if (root === undefined || isArray(value[root] ?? null)) {
    throw invalidArgument(
      'xml',
      'parameter is not valid. The provided value cannot be converted to XML: the root object must have one property, which is not an array.',
    );
  }
  const xml = new TextBuilder((length) => checkTextLength('xml', length));
  for (const [name, item] of Object.entries(value))
    if (name.startsWith('?')) writeInstruction(xml, name.slice(1), item);
  writeElement(xml, root, value[root] ?? null);
  return xml.toString();
}

/** The declaration's version, encoding and standalone in their order; other instructions as they are. */
function writeInstruction(xml: TextBuilder, name: string, value: Value): void {
  if (name !== 'xml' || !isObject(value)) {
    xml.append(`<?${xmlName(name)} ${textOf(value).replaceAll('?>', '? >')}?>`);
    return;
  }
  const attributes = ['version', 'encoding', 'standalone'].flatMap((part) => {
    const found = memberOf(value, `@${part}`);
    return found === undefined ? [] : [` ${part}="${escapeXmlText(textOf(found))}"`];
  });
  xml.append(`<?xml${attributes.join('')}?>`);
}

function writeElement(xml: TextBuilder, name: string, value: Value): void {
  if (isArray(value)) {
    for (const item of value) writeElement(xml, name, item);
    return;
  }
  const tag = xmlName(name);
  xml.append(`<${tag}`);
  if (isObject(value)) writeMembers(xml, tag, value);
  else if (value === null) xml.append(' />');
  else xml.append(`>${escapeXmlText(textOf(value), false)}</${tag}>`);
}

function writeMembers(xml: TextBuilder, tag: string, value: ValueObject): void {
  const members = Object.entries(value);
  const isAttribute = ([name, item]: readonly [string, Value]): boolean =>
    name.startsWith('@') && !isObject(item) && !isArray(item);
  for (const member of members) {
    const [name, item] = member;
    if (isAttribute(member)) xml.append(` ${xmlName(name.slice(1))}="${escapeXmlText(textOf(item))}"`);
  }
  const content = members.filter((member) => !isAttribute(member));
  if (content.length === 0) {
    xml.append(' />');
    return;
  }
  xml.append('>');
  for (const [name, item] of content) writeMember(xml, name, item);
  xml.append(`</${tag}>`);
}

function writeMember(xml: TextBuilder, name: string, value: Value): void {
  switch (name) {
    case '#text':
    case '#cdata-section':
    case '#comment':
      for (const text of isArray(value) ? value : [value]) xml.append(markedText(name, textOf(text)));
      break;
    default:
      if (name.startsWith('?')) writeInstruction(xml, name.slice(1), value);
      else writeElement(xml, name, value);
  }
}

function markedText(name: string, text: string): string {
  if (name === '#text') return escapeXmlText(text, false);
  if (name === '#comment') return `<!--${text.replaceAll('--', '- -').replace(/-$/, '- ')}-->`;
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

function xmlName(name: string): string {
  return encodeName(name, 'xml');
}

function textOf(value: Value): string {
  return typeof value === 'boolean' ? String(value) : plainText(value);
}

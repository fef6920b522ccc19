import { type JsonValue, toText, type Value } from '@patchbay/expression';
import { TransformError } from '../errors.ts';
import { type ElementNode, qualifiedName, rootElement } from '../xml/node.ts';
import { parseXml } from '../xml/parse-xml.ts';

/** XML as JSON in Json.NET's convention: attributes `@name`, text beside them `#text`, repeated elements as a list. */
export function xmlAsJson(content: Value): JsonValue {
  const root = rootElement(parseXml(toText(content), 'the content', { next: 0 }));
  if (root === undefined) throw new TransformError('ContentInvalid', 'The content has no element.');
  return { [qualifiedName(root)]: elementValue(root) };
}

function elementValue(element: ElementNode): JsonValue {
  const members: [string, JsonValue][] = [...element.declared].map(([prefix, uri]) => [
    prefix === '' ? '@xmlns' : `@xmlns:${prefix}`,
    uri,
  ]);
  for (const attribute of element.attributes) members.push([`@${qualifiedName(attribute)}`, attribute.value]);
  const groups = new Map<string, JsonValue[]>();
  let text = '';
  for (const child of element.children) {
    if (child.kind === 'text') text += child.value.trim() === '' ? '' : child.value;
    if (child.kind !== 'element') continue;
    const name = qualifiedName(child);
    groups.set(name, [...(groups.get(name) ?? []), elementValue(child)]);
  }
  if (members.length === 0 && groups.size === 0) return text === '' ? null : text;
  if (text !== '') members.push(['#text', text]);
  for (const [name, values] of groups) members.push([name, values.length === 1 ? (values[0] ?? null) : values]);
  return Object.fromEntries(members);
}

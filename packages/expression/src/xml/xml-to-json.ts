import type { Attr, Document, Element, Node } from 'slimdom';
import type { Value, ValueObject } from '../contract.ts';
import { objectOf } from '../values.ts';

/**
 * XML as JSON in Json.NET's convention: attributes `@name`, text `#text` beside other members, CDATA `#cdata-section`, the
 * declaration `?xml`, repeated elements as an array, leaves as texts.
 */
export function xmlToJson(document: Document, text: string): ValueObject {
  const members: [string, Value][] = [];
  const declaration = /^\s*<\?xml\s([^?]*)\?>/.exec(text)?.[1];
  if (declaration !== undefined) {
    const attributes = [...declaration.matchAll(/(\w+)\s*=\s*["']([^"']*)["']/g)];
    members.push(['?xml', objectOf(attributes.map(([, name = '', value = '']) => [`@${name}`, value]))]);
  }
  const root = document.documentElement;
  if (root !== null) members.push([root.nodeName, elementValue(root)]);
  return objectOf(members);
}

function elementValue(element: Element): Value {
  const members: [string, Value][] = (element.attributes as readonly Attr[]).map((attribute) => [
    `@${attribute.name}`,
    attribute.value,
  ]);
  const groups = new Map<string, Value[]>();
  let text = '';
  let hasText = false;
  for (let child = element.firstChild as Node | null; child !== null; child = child.nextSibling as Node | null) {
    if (child.nodeType === 1) {
      const name = child.nodeName;
      groups.set(name, [...(groups.get(name) ?? []), elementValue(child as Element)]);
    } else if (child.nodeType === 4)
      groups.set('#cdata-section', [...(groups.get('#cdata-section') ?? []), child.nodeValue ?? '']);
    else if (child.nodeType === 3 && (child.nodeValue ?? '').trim() !== '') {
      text += child.nodeValue ?? '';
      hasText = true;
    }
  }
  if (members.length === 0 && groups.size === 0) return hasText ? text : null;
  if (hasText) members.push(['#text', text]);
  for (const [name, values] of groups) members.push([name, values.length === 1 ? (values[0] ?? null) : values]);
  return objectOf(members);
}

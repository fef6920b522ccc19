import type { Value, ValueObject } from '../contract.ts';
import { objectOf } from '../values.ts';
import type { XmlDocument, XmlElement, XmlNode } from './xml-node.ts';

/**
 * XML as JSON in Json.NET's convention: attributes `@name`, text `#text` beside other members, CDATA `#cdata-section`, the
 * declaration `?xml`, instructions `?name`, children of one name as an array, leaves as texts, `<a/>` as null and `<a></a>` as "".
 */
export function xmlToJson(document: XmlDocument): ValueObject {
  const members: [string, Value][] = [];
  if (document.declaration !== undefined)
    members.push(['?xml', objectOf(document.declaration.map(([name, value]) => [`@${name}`, value]))]);
  return objectOf([...members, ...groupChildren(document.children)]);
}

function elementValue(element: XmlElement): Value {
  const { attributes, children } = element;
  if (attributes.length === 0 && children.length === 0) return element.isSelfClosing ? null : '';
  if (attributes.length === 0 && children.every((child) => child.kind === 'text'))
    return children.map((child) => (child.kind === 'text' ? child.value : '')).join('');
  return objectOf([
    ...attributes.map(({ name, value }): [string, Value] => [`@${name}`, value]),
    ...groupChildren(children),
  ]);
}

/** Members of children by name, in the order of their first appearance; several of one name as an array. */
function groupChildren(children: readonly XmlNode[]): readonly [string, Value][] {
  const groups = new Map<string, Value[]>();
  for (const child of children) {
    const name = memberName(child);
    if (name === undefined) continue;
    const value = child.kind === 'element' ? elementValue(child) : child.value;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [value]);
    else group.push(value);
  }
  return [...groups].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? null) : values]);
}

/** Comments have no place in JSON. */
function memberName(node: XmlNode): string | undefined {
  switch (node.kind) {
    case 'element':
      return node.name;
    case 'text':
      return '#text';
    case 'cdata':
      return '#cdata-section';
    case 'instruction':
      return `?${node.name}`;
    case 'comment':
      return undefined;
  }
}

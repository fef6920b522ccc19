import { escapeXmlText } from './escape-xml.ts';
import type { XmlElement, XmlNode } from './xml-node.ts';

/** An element as XML that stands by itself: prefixes that were declared around it are declared on it. */
export function serializeXml(element: XmlElement): string {
  const declared = new Set(element.attributes.filter((one) => one.isDeclaration).map(({ name }) => name));
  const outer = [...prefixesWithin(element)].flatMap((prefix) => {
    const name = prefix === '' ? 'xmlns' : `xmlns:${prefix}`;
    const uri = element.namespaces.get(prefix);
    return prefix === 'xml' || uri === undefined || declared.has(name) ? [] : [` ${name}="${escapeXmlText(uri)}"`];
  });
  const parts: string[] = [];
  writeElement(element, outer.join(''), parts);
  return parts.join('');
}

/** Prefixes of names in an element, the empty one too. */
function prefixesWithin(element: XmlElement, found = new Set<string>()): ReadonlySet<string> {
  found.add(prefixOf(element.name));
  for (const { name, isDeclaration } of element.attributes)
    if (!isDeclaration && name.includes(':')) found.add(prefixOf(name));
  for (const child of element.children) if (child.kind === 'element') prefixesWithin(child, found);
  return found;
}

function prefixOf(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? '' : name.slice(0, colon);
}

function writeElement(element: XmlElement, outer: string, parts: string[]): void {
  const attributes = element.attributes.map(({ name, value }) => ` ${name}="${escapeXmlText(value)}"`).join('');
  if (element.children.length === 0) {
    parts.push(`<${element.name}${outer}${attributes}${element.isSelfClosing ? ' />' : `></${element.name}>`}`);
    return;
  }
  parts.push(`<${element.name}${outer}${attributes}>`);
  for (const child of element.children) writeNode(child, parts);
  parts.push(`</${element.name}>`);
}

function writeNode(node: XmlNode, parts: string[]): void {
  switch (node.kind) {
    case 'element':
      writeElement(node, '', parts);
      break;
    case 'text':
      parts.push(escapeXmlText(node.value, false));
      break;
    case 'cdata':
      parts.push(`<![CDATA[${node.value}]]>`);
      break;
    case 'comment':
      parts.push(`<!--${node.value}-->`);
      break;
    case 'instruction':
      parts.push(`<?${node.name}${node.value === '' ? '' : ` ${node.value}`}?>`);
      break;
  }
}

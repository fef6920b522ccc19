import { type ChildNode, type DocumentNode, type ElementNode, qualifiedName } from './node.ts';
import { escapeText, serializeXml } from './serialize-xml.ts';
import { TreeBuilder } from './tree-builder.ts';

/** Elements that HTML 4 writes without an end tag. */
const empty = new Set([
  'area',
  'base',
  'basefont',
  'br',
  'col',
  'frame',
  'hr',
  'img',
  'input',
  'isindex',
  'link',
  'meta',
  'param',
]);
/** Elements whose text is not escaped. */
const raw = new Set(['script', 'style']);

/** Writes a tree as HTML (XSLT 1.0 §16.2). Elements in a namespace are written as XML. */
export function serializeHtml(document: DocumentNode): string {
  const parts: string[] = [];
  for (const child of document.children) writeNode(child, parts);
  return parts.join('');
}

function writeNode(node: ChildNode, parts: string[]): void {
  switch (node.kind) {
    case 'text': {
      const isRaw = node.parent?.kind === 'element' && raw.has(node.parent.local.toLowerCase());
      parts.push(isRaw ? node.value : escapeText(node.value));
      return;
    }
    case 'comment':
      parts.push(`<!--${node.value}-->`);
      return;
    case 'instruction':
      parts.push(`<?${node.target} ${node.value}>`);
      return;
    case 'element':
      writeElement(node, parts);
  }
}

function writeElement(element: ElementNode, parts: string[]): void {
  if (element.namespace !== '') {
    parts.push(serializeXml({ ...new TreeBuilder({ next: 0 }).document, children: [element] }));
    return;
  }
  const name = qualifiedName(element);
  parts.push(`<${name}`);
  for (const attribute of element.attributes) {
    const value = attribute.value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    parts.push(` ${qualifiedName(attribute)}="${value}"`);
  }
  parts.push('>');
  if (element.children.length === 0 && empty.has(name.toLowerCase())) return;
  for (const child of element.children) writeNode(child, parts);
  parts.push(`</${name}>`);
}

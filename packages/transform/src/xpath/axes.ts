import type { XpathAxis } from '@patchbay/expression';
import { type ChildNode, type ElementNode, namespacesInScope, type ParentNode, type XmlNode } from '../xml/node.ts';

/** The nodes of an axis, nearest first: reverse axes come in reverse document order (XPath 1.0 §2.2). */
export function nodesOnAxis(axis: XpathAxis, node: XmlNode): readonly XmlNode[] {
  switch (axis) {
    case 'self':
      return [node];
    case 'child':
      return childrenOf(node);
    case 'parent':
      return node.parent === undefined ? [] : [node.parent];
    case 'attribute':
      return node.kind === 'element' ? node.attributes : [];
    case 'namespace':
      return node.kind === 'element' ? namespaceNodes(node) : [];
    case 'descendant':
      return descendants(node);
    case 'descendant-or-self':
      return [node, ...descendants(node)];
    case 'ancestor':
      return ancestors(node);
    case 'ancestor-or-self':
      return [node, ...ancestors(node)];
    case 'following-sibling':
      return siblings(node).after;
    case 'preceding-sibling':
      return siblings(node).before.toReversed();
    case 'following':
      return following(node);
    case 'preceding':
      return preceding(node);
  }
}

function childrenOf(node: XmlNode): readonly ChildNode[] {
  return node.kind === 'element' || node.kind === 'document' ? node.children : [];
}

function descendants(node: XmlNode): readonly XmlNode[] {
  const found: XmlNode[] = [];
  const open = childrenOf(node).toReversed();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    found.push(next);
    const children = childrenOf(next);
    for (let at = children.length - 1; at >= 0; at--) {
      const child = children[at];
      if (child !== undefined) open.push(child);
    }
  }
  return found;
}

function ancestors(node: XmlNode): readonly XmlNode[] {
  const found: XmlNode[] = [];
  for (let at: ParentNode | undefined = node.parent; at !== undefined; at = at.parent) found.push(at);
  return found;
}

function siblings(node: XmlNode): { readonly before: readonly ChildNode[]; readonly after: readonly ChildNode[] } {
  if (node.parent === undefined || node.kind === 'attribute' || node.kind === 'namespace')
    return { before: [], after: [] };
  const all = node.parent.children;
  const at = all.indexOf(node as ChildNode);
  return { before: all.slice(0, at), after: all.slice(at + 1) };
}

/** Of an attribute: what its element holds comes after it. */
function following(node: XmlNode): readonly XmlNode[] {
  const found: XmlNode[] = [];
  if (node.kind === 'attribute' || node.kind === 'namespace') {
    const owner = node.parent as ElementNode | undefined;
    return owner === undefined ? [] : [...descendants(owner), ...following(owner)];
  }
  for (let at: XmlNode | undefined = node; at !== undefined; at = at.parent) {
    for (const sibling of siblings(at).after) found.push(sibling, ...descendants(sibling));
  }
  return found;
}

function preceding(node: XmlNode): readonly XmlNode[] {
  const found: XmlNode[] = [];
  const from = node.kind === 'attribute' || node.kind === 'namespace' ? node.parent : node;
  for (let at: XmlNode | undefined = from; at !== undefined; at = at.parent) {
    for (const sibling of siblings(at).before.toReversed()) found.push(...descendants(sibling).toReversed(), sibling);
  }
  return found;
}

function namespaceNodes(element: ElementNode): readonly XmlNode[] {
  return [...namespacesInScope(element)].map(([prefix, value], index) => ({
    kind: 'namespace',
    // Between an element and its first attribute or child.
    order: element.order + (index + 1) / 1_000_000,
    parent: element,
    prefix,
    value,
  }));
}

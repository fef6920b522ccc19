import type { AnyXmlNode, XmlNode } from '../xml-node.ts';
import type { XpathAxis } from './syntax.ts';

/** The nodes of an axis from a node, nearest first (XPath 1.0 §2.2). Namespaces are no part of the tree. */
export function* axisNodes(node: AnyXmlNode, axis: Exclude<XpathAxis, 'namespace'>): Iterable<AnyXmlNode> {
  switch (axis) {
    case 'self':
      yield node;
      return;
    case 'child':
      yield* childrenOf(node);
      return;
    case 'attribute':
      if (node.kind === 'element') for (const one of node.attributes) if (!one.isDeclaration) yield one;
      return;
    case 'parent':
      if (node.parent !== undefined) yield node.parent;
      return;
    case 'descendant':
      yield* descendantsOf(node);
      return;
    case 'descendant-or-self':
      yield node;
      yield* descendantsOf(node);
      return;
    case 'ancestor':
      yield* ancestorsOf(node);
      return;
    case 'ancestor-or-self':
      yield node;
      yield* ancestorsOf(node);
      return;
    case 'following-sibling':
      yield* siblingsOf(node, 1);
      return;
    case 'preceding-sibling':
      yield* siblingsOf(node, -1);
      return;
    case 'following':
      yield* following(node);
      return;
    case 'preceding':
      yield* preceding(node);
      return;
  }
}

function childrenOf(node: AnyXmlNode): readonly XmlNode[] {
  return node.kind === 'element' || node.kind === 'document' ? node.children : [];
}

function* descendantsOf(node: AnyXmlNode): Iterable<XmlNode> {
  for (const child of childrenOf(node)) {
    yield child;
    yield* descendantsOf(child);
  }
}

function* descendantsBackwards(node: AnyXmlNode): Iterable<XmlNode> {
  const children = childrenOf(node);
  for (let index = children.length - 1; index >= 0; index -= 1) {
    const child = children[index] as XmlNode;
    yield* descendantsBackwards(child);
    yield child;
  }
}

function* ancestorsOf(node: AnyXmlNode): Iterable<AnyXmlNode> {
  for (let at: AnyXmlNode | undefined = node.parent; at !== undefined; at = at.parent) yield at;
}

function* siblingsOf(node: AnyXmlNode, direction: 1 | -1): Iterable<XmlNode> {
  if (node.kind === 'attribute' || node.kind === 'namespace' || node.parent === undefined) return;
  const siblings = childrenOf(node.parent);
  let index = indexByOrder(siblings, node.order) + direction;
  for (; index >= 0 && index < siblings.length; index += direction) yield siblings[index] as XmlNode;
}

/** Where a node stands among its siblings, which are in document order. */
function indexByOrder(siblings: readonly XmlNode[], order: number): number {
  let [low, high] = [0, siblings.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((siblings[middle] as XmlNode).order < order) low = middle + 1;
    else high = middle;
  }
  return low;
}

function* following(node: AnyXmlNode): Iterable<XmlNode> {
  const start = inTree(node);
  // What follows an attribute begins with the content of its element.
  if (start !== node) yield* descendantsOf(start);
  for (let at: AnyXmlNode | undefined = start; at !== undefined; at = at.parent) {
    for (const sibling of siblingsOf(at, 1)) {
      yield sibling;
      yield* descendantsOf(sibling);
    }
  }
}

function* preceding(node: AnyXmlNode): Iterable<XmlNode> {
  for (let at: AnyXmlNode | undefined = inTree(node); at !== undefined; at = at.parent) {
    for (const sibling of siblingsOf(at, -1)) {
      yield* descendantsBackwards(sibling);
      yield sibling;
    }
  }
}

/** The element of an attribute or a namespace. */
function inTree(node: AnyXmlNode): AnyXmlNode {
  return node.kind === 'attribute' || node.kind === 'namespace' ? node.parent : node;
}

import { namespacesInScope, type XmlNode } from '../xml/node.ts';
import type { TreeBuilder } from '../xml/tree-builder.ts';

/** Writes a node and all it holds into a result. */
export function copyNode(node: XmlNode, output: TreeBuilder, isInner = false): void {
  switch (node.kind) {
    case 'document':
      for (const child of node.children) copyNode(child, output);
      return;
    case 'element':
      output.start({ namespace: node.namespace, prefix: node.prefix, local: node.local });
      for (const [prefix, uri] of isInner ? node.declared : namespacesInScope(node)) {
        if (prefix !== 'xml') output.declare(prefix, uri);
      }
      for (const attribute of node.attributes) copyNode(attribute, output);
      for (const child of node.children) copyNode(child, output, true);
      output.end();
      return;
    case 'attribute':
      output.attribute({ namespace: node.namespace, prefix: node.prefix, local: node.local }, node.value);
      return;
    case 'text':
      output.text(node.value);
      return;
    case 'comment':
      output.comment(node.value);
      return;
    case 'instruction':
      output.instruction(node.target, node.value);
      return;
    case 'namespace':
      output.declare(node.prefix, node.value);
  }
}

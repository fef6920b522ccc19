import type { XmlNode } from '../xml/node.ts';
import { nodesOnAxis } from '../xpath/axes.ts';

/** Every node of a tree in document order, attributes after their element. */
export function* allNodes(root: XmlNode): Generator<XmlNode> {
  for (const node of nodesOnAxis('descendant-or-self', root)) {
    yield node;
    if (node.kind === 'element') yield* node.attributes;
  }
}

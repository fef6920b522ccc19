import { type ChildNode, type DocumentNode, type ElementNode, xmlNamespace } from '../xml/node.ts';
import { type NodeCounter, TreeBuilder } from '../xml/tree-builder.ts';
import { type WhitespaceRule, xsltNamespace } from './stylesheet.ts';

/** A stylesheet without the blanks between its elements (XSLT 1.0 §3.4); those in `xsl:text` stay. */
export function strippedStylesheet(document: DocumentNode, counter: NodeCounter): DocumentNode {
  return strip(document, counter, (element) => !(element.namespace === xsltNamespace && element.local === 'text'));
}

/** A source without the blanks that `strip-space` names; the last rule that fits an element counts. */
export function strippedSource(
  document: DocumentNode,
  rules: readonly WhitespaceRule[],
  counter: NodeCounter,
): DocumentNode {
  if (!rules.some((rule) => rule.strips)) return document;
  return strip(document, counter, (element) => rules.findLast((rule) => rule.matches(element))?.strips === true);
}

function strip(document: DocumentNode, counter: NodeCounter, strips: (element: ElementNode) => boolean): DocumentNode {
  const builder = new TreeBuilder(counter);
  const copy = (node: ChildNode, isStripping: boolean, isPreserved: boolean): void => {
    switch (node.kind) {
      case 'text':
        if (!isStripping || isPreserved || /[^ \t\r\n]/.test(node.value)) builder.text(node.value);
        return;
      case 'comment':
        builder.comment(node.value);
        return;
      case 'instruction':
        builder.instruction(node.target, node.value);
        return;
      case 'element': {
        const { namespace, prefix, local } = node;
        builder.start({ namespace, prefix, local });
        for (const [name, uri] of node.declared) builder.declare(name, uri);
        for (const one of node.attributes) {
          builder.attribute({ namespace: one.namespace, prefix: one.prefix, local: one.local }, one.value);
        }
        const space = node.attributes.find((one) => one.namespace === xmlNamespace && one.local === 'space')?.value;
        const keeps = space === undefined ? isPreserved : space === 'preserve';
        for (const child of node.children) copy(child, strips(node), keeps);
        builder.end();
      }
    }
  };
  for (const child of document.children) copy(child, false, false);
  return builder.finish();
}

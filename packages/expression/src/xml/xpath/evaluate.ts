import type { Meter } from '../../meter.ts';
import type { AnyXmlNode, XmlDocument, XmlElement, XmlNamespace } from '../xml-node.ts';
import { axisNodes } from './axis-nodes.ts';
import { compareXpath } from './compare.ts';
import { callXpathFunction } from './functions.ts';
import { type XpathAxis, XpathError, type XpathExpression, type XpathNodeTest, type XpathStep } from './syntax.ts';
import { costOfNode, isNodeSet, toXpathBoolean, toXpathNumber, type XpathContext, type XpathValue } from './values.ts';

/** Evaluates an expression over a document. Prefixes mean what the document's elements declare them to. */
export function evaluateXpathExpression(expression: XpathExpression, document: XmlDocument, meter: Meter): XpathValue {
  return new XpathEvaluator(document).evaluate(expression, { node: document, position: 1, size: 1, meter });
}

/** Twice what a document may hold. */
const maximumFound = 2_000_000;
const maximumNamespaceNodes = 1_000_000;

class XpathEvaluator {
  readonly #document: XmlDocument;
  readonly #namespaces = new Map<XmlElement, readonly XmlNamespace[]>();
  #namespaceCount = 0;
  #prefixes: ReadonlyMap<string, string> | undefined;

  constructor(document: XmlDocument) {
    this.#document = document;
  }

  evaluate(expression: XpathExpression, context: XpathContext): XpathValue {
    context.meter.charge(costOfNode);
    switch (expression.kind) {
      case 'literal':
        return expression.value;
      case 'variable':
        throw new XpathError(`there is no variable '$${expression.name}'`);
      case 'negate':
        return -toXpathNumber(this.evaluate(expression.operand, context), context.meter);
      case 'binary':
        return this.#binary(expression, context);
      case 'call': {
        const values = expression.arguments.map((argument) => this.evaluate(argument, context));
        return callXpathFunction(expression.name, values, context);
      }
      case 'filter': {
        const nodes = this.#nodes(expression.base, context);
        return expression.predicates.reduce((left, predicate) => this.#filter(left, predicate, context.meter), nodes);
      }
      case 'path':
        return this.#path(expression, context);
    }
  }

  #nodes(expression: XpathExpression, context: XpathContext): readonly AnyXmlNode[] {
    const value = this.evaluate(expression, context);
    if (!isNodeSet(value)) throw new XpathError('a path begins with a value that is no node');
    return value;
  }

  #binary(expression: Extract<XpathExpression, { readonly kind: 'binary' }>, context: XpathContext): XpathValue {
    const { operator } = expression;
    const left = this.evaluate(expression.left, context);
    if (operator === 'or') return toXpathBoolean(left) || toXpathBoolean(this.evaluate(expression.right, context));
    if (operator === 'and') return toXpathBoolean(left) && toXpathBoolean(this.evaluate(expression.right, context));
    const right = this.evaluate(expression.right, context);
    const { meter } = context;
    switch (operator) {
      case '|':
        if (!isNodeSet(left) || !isNodeSet(right)) throw new XpathError("'|' stands between values that are no nodes");
        return inDocumentOrder([...left, ...right], meter);
      case '+':
        return toXpathNumber(left, meter) + toXpathNumber(right, meter);
      case '-':
        return toXpathNumber(left, meter) - toXpathNumber(right, meter);
      case '*':
        return toXpathNumber(left, meter) * toXpathNumber(right, meter);
      case 'div':
        return toXpathNumber(left, meter) / toXpathNumber(right, meter);
      case 'mod':
        return toXpathNumber(left, meter) % toXpathNumber(right, meter);
      default:
        return compareXpath(operator, left, right, meter);
    }
  }

  #path(path: Extract<XpathExpression, { readonly kind: 'path' }>, context: XpathContext): readonly AnyXmlNode[] {
    const { from } = path;
    let nodes: readonly AnyXmlNode[] =
      from === 'document' ? [this.#document] : from === 'context' ? [context.node] : this.#nodes(from, context);
    for (const step of path.steps) {
      let found: AnyXmlNode[] = [];
      for (const node of nodes) {
        for (const one of this.#step(node, step, context.meter)) found.push(one);
        // Each node may bring the same ones.
        if (found.length > maximumFound) found = inDocumentOrder(found, context.meter);
      }
      nodes = nodes.length === 1 && isForward(step) ? found : inDocumentOrder(found, context.meter);
    }
    return nodes;
  }

  #step(node: AnyXmlNode, step: XpathStep, meter: Meter): readonly AnyXmlNode[] {
    const { axis, test } = step;
    const namespace = 'prefix' in test && test.prefix !== undefined ? this.#namespaceOf(test.prefix) : '';
    const found: AnyXmlNode[] = [];
    for (const one of axis === 'namespace' ? this.#namespaceNodes(node) : axisNodes(node, axis)) {
      meter.charge(costOfNode);
      if (passes(one, test, namespace, axis)) found.push(one);
    }
    // Positions count along the axis, nearest first.
    return step.predicates.reduce<readonly AnyXmlNode[]>(
      (nodes, predicate) => this.#filter(nodes, predicate, meter),
      found,
    );
  }

  #filter(nodes: readonly AnyXmlNode[], predicate: XpathExpression, meter: Meter): readonly AnyXmlNode[] {
    return nodes.filter((node, index) => {
      const value = this.evaluate(predicate, { node, position: index + 1, size: nodes.length, meter });
      return typeof value === 'number' ? value === index + 1 : toXpathBoolean(value);
    });
  }

  /** Those of an element are the same ones whenever it is asked for them. */
  #namespaceNodes(node: AnyXmlNode): readonly XmlNamespace[] {
    if (node.kind !== 'element') return [];
    const known = this.#namespaces.get(node);
    if (known !== undefined) return known;
    const made = namespaceNodes(node);
    this.#namespaceCount += made.length;
    if (this.#namespaceCount > maximumNamespaceNodes)
      throw new XpathError(`it selects more than ${maximumNamespaceNodes} nodes of namespaces`);
    this.#namespaces.set(node, made);
    return made;
  }

  #namespaceOf(prefix: string): string {
    this.#prefixes ??= declaredPrefixes(this.#document);
    const uri = this.#prefixes.get(prefix);
    if (uri === undefined) throw new XpathError(`the prefix '${prefix}' is not declared in the document`);
    return uri;
  }
}

/** Whether a node is of the kind and the name that a step asks for; a name without a prefix has no namespace. */
function passes(node: AnyXmlNode, test: XpathNodeTest, namespace: string, axis: XpathAxis): boolean {
  switch (test.kind) {
    case 'node':
      return true;
    case 'text':
      return node.kind === 'text' || node.kind === 'cdata';
    case 'comment':
      return node.kind === 'comment';
    case 'instruction':
      return node.kind === 'instruction' && (test.target === undefined || test.target === node.name);
    default: {
      if (axis === 'namespace')
        return (
          node.kind === 'namespace' &&
          test.prefix === undefined &&
          (test.kind === 'any-name' || node.prefix === test.local)
        );
      if (node.kind !== (axis === 'attribute' ? 'attribute' : 'element')) return false;
      if (test.kind === 'any-name') return test.prefix === undefined || node.namespace === namespace;
      return node.local === test.local && node.namespace === namespace;
    }
  }
}

/** The namespaces in scope at an element as nodes (XPath 1.0 §5.4), between it and what it holds. */
function namespaceNodes(element: XmlElement): readonly XmlNamespace[] {
  const declared = [...element.namespaces].filter(([, uri]) => uri !== '');
  return declared.map(([prefix, value], index) => ({
    kind: 'namespace',
    prefix,
    value,
    parent: element,
    order: element.order + (index + 1) / (declared.length + 1),
  }));
}

/** Every prefix that an element of a document declares; the first declaration counts. */
function declaredPrefixes(document: XmlDocument): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const node of axisNodes(document, 'descendant')) {
    if (node.kind !== 'element') continue;
    for (const [prefix, uri] of node.namespaces) if (!found.has(prefix)) found.set(prefix, uri);
  }
  return found;
}

function isForward({ axis }: XpathStep): boolean {
  return !axis.startsWith('ancestor') && !axis.startsWith('preceding');
}

function inDocumentOrder(nodes: readonly AnyXmlNode[], meter: Meter): AnyXmlNode[] {
  meter.charge(nodes.length * costOfNode);
  const unique = [...new Set(nodes)];
  const isSorted = unique.every((node, index) => index === 0 || (unique[index - 1]?.order ?? 0) < node.order);
  return isSorted ? unique : unique.sort((left, right) => left.order - right.order);
}

import type { XpathOperator } from '@patchbay/expression';
import { stringValue } from '../xml/node.ts';
import { isNodeSet, toBoolean, toNumber, toText, type XpathValue } from './xpath-value.ts';

/** Comparisons (XPath 1.0 §3.4): of a node-set, true when it is of any of its nodes. */
export function compare(operator: XpathOperator, left: XpathValue, right: XpathValue): boolean {
  if (isNodeSet(left) && isNodeSet(right)) {
    const values = right.map(stringValue);
    return left.some((node) => {
      const text = stringValue(node);
      return values.some((other) => compareAtoms(operator, text, other));
    });
  }
  if (isNodeSet(left)) return compareNodes(operator, left, right, false);
  if (isNodeSet(right)) return compareNodes(operator, right, left, true);
  return compareAtoms(operator, left, right);
}

function compareNodes(
  operator: XpathOperator,
  nodes: Extract<XpathValue, readonly unknown[]>,
  other: XpathValue,
  isReversed: boolean,
): boolean {
  if (typeof other === 'boolean') {
    const own = toBoolean(nodes);
    return isReversed ? compareAtoms(operator, other, own) : compareAtoms(operator, own, other);
  }
  return nodes.some((node) => {
    const text = stringValue(node);
    return isReversed ? compareAtoms(operator, other, text) : compareAtoms(operator, text, other);
  });
}

function compareAtoms(operator: XpathOperator, left: XpathValue, right: XpathValue): boolean {
  if (operator === '=' || operator === '!=') return isEqual(left, right) === (operator === '=');
  const [a, b] = [toNumber(left), toNumber(right)];
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    default:
      return a >= b;
  }
}

function isEqual(left: XpathValue, right: XpathValue): boolean {
  if (typeof left === 'boolean' || typeof right === 'boolean') return toBoolean(left) === toBoolean(right);
  if (typeof left === 'number' || typeof right === 'number') return toNumber(left) === toNumber(right);
  return toText(left) === toText(right);
}

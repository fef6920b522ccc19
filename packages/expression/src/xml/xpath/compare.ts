import type { Meter } from '../../meter.ts';
import type { AnyXmlNode } from '../xml-node.ts';
import {
  checkXpathTexts,
  isNodeSet,
  stringOfNode,
  toXpathBoolean,
  toXpathNumber,
  toXpathString,
  type XpathValue,
} from './values.ts';

type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** Compares two values (XPath 1.0 §3.4): nodes by whether any of them holds. */
export function compareXpath(operator: Comparison, left: XpathValue, right: XpathValue, meter: Meter): boolean {
  if (isNodeSet(left) && isNodeSet(right)) return compareSets(operator, left, right, meter);
  if (isNodeSet(left)) return compareSet(operator, left, right, meter);
  if (isNodeSet(right)) return compareSet(mirrored[operator], right, left, meter);
  return compareAtoms(operator, left, right, meter);
}

const mirrored = { '=': '=', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

function compareSet(operator: Comparison, nodes: readonly AnyXmlNode[], value: XpathValue, meter: Meter): boolean {
  if (typeof value === 'boolean') return compareAtoms(operator, nodes.length > 0, value, meter);
  return nodes.some((node) => {
    const text = stringOfNode(node, meter);
    return compareAtoms(operator, typeof value === 'number' ? toXpathNumber(text, meter) : text, value, meter);
  });
}

/** Without comparing each node to each: by the set of texts, or by least and greatest number. */
function compareSets(
  operator: Comparison,
  left: readonly AnyXmlNode[],
  right: readonly AnyXmlNode[],
  meter: Meter,
): boolean {
  let length = 0;
  const textsOf = (nodes: readonly AnyXmlNode[]): readonly string[] =>
    nodes.map((node) => {
      const text = stringOfNode(node, meter);
      length += text.length;
      checkXpathTexts(length);
      return text;
    });
  const [ours, theirs] = [textsOf(left), textsOf(right)];
  if (ours.length === 0 || theirs.length === 0) return false;
  if (operator === '=') {
    const texts = new Set(theirs);
    return ours.some((text) => texts.has(text));
  }
  if (operator === '!=') {
    const [first] = ours;
    return ours.some((text) => text !== first) || theirs.some((text) => text !== first);
  }
  const numbersOf = (texts: readonly string[]): readonly number[] =>
    texts.map((text) => toXpathNumber(text, meter)).filter((value) => !Number.isNaN(value));
  const [a, b] = [numbersOf(ours), numbersOf(theirs)];
  if (a.length === 0 || b.length === 0) return false;
  const isLess = operator.startsWith('<');
  const pick = (values: readonly number[], takesLeast: boolean): number =>
    values.reduce((best, value) => ((takesLeast ? value < best : value > best) ? value : best));
  return compareAtoms(operator, pick(a, isLess), pick(b, !isLess), meter);
}

function compareAtoms(operator: Comparison, left: XpathValue, right: XpathValue, meter: Meter): boolean {
  if (operator === '=' || operator === '!=') {
    const isEqual =
      typeof left === 'boolean' || typeof right === 'boolean'
        ? toXpathBoolean(left) === toXpathBoolean(right)
        : typeof left === 'number' || typeof right === 'number'
          ? toXpathNumber(left, meter) === toXpathNumber(right, meter)
          : toXpathString(left, meter) === toXpathString(right, meter);
    return isEqual === (operator === '=');
  }
  const [a, b] = [toXpathNumber(left, meter), toXpathNumber(right, meter)];
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
}

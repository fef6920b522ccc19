import { type Meter, maximumTextLength } from '../../meter.ts';
import type { AnyXmlNode } from '../xml-node.ts';
import { XpathError } from './syntax.ts';

/** Nodes are in document order, each once. */
export type XpathValue = number | string | boolean | readonly AnyXmlNode[];

export type XpathContext = {
  readonly node: AnyXmlNode;
  readonly position: number;
  readonly size: number;
  readonly meter: Meter;
};

/** The string-value of a node (XPath 1.0 §5). */
export function stringOfNode(node: AnyXmlNode, meter: Meter): string {
  if (node.kind !== 'element' && node.kind !== 'document') return node.value;
  const parts: string[] = [];
  collectText(node, parts, meter);
  return parts.length === 1 ? (parts[0] ?? '') : parts.join('');
}

function collectText(node: AnyXmlNode, parts: string[], meter: Meter): void {
  if (node.kind !== 'element' && node.kind !== 'document') return;
  for (const child of node.children) {
    meter.charge(costOfNode);
    if (child.kind === 'element') collectText(child, parts, meter);
    else if (child.kind === 'text' || child.kind === 'cdata') {
      meter.charge(child.value.length);
      parts.push(child.value);
    }
  }
}

/** Throws when texts that are held at once are about to be longer together than a text may be. */
export function checkXpathTexts(length: number): void {
  if (length > maximumTextLength) throw new XpathError(`it makes texts of more than ${maximumTextLength} characters`);
}

/** What looking at a node costs, in the meter's units. */
export const costOfNode = 16;

export function toXpathString(value: XpathValue, meter: Meter): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return formatXpathNumber(value);
  const [first] = value;
  return first === undefined ? '' : stringOfNode(first, meter);
}

/** Decimal digits without an exponent (XPath 1.0 §4.2). */
function formatXpathNumber(value: number): string {
  if (value === 0) return '0';
  const text = String(value);
  if (!text.includes('e')) return text;
  return Math.abs(value) > 1 ? BigInt(value).toString() : value.toFixed(100).replace(/0+$/, '');
}

export function toXpathNumber(value: XpathValue, meter: Meter): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const text = toXpathString(value, meter);
  return /^[ \t\r\n]*-?(?:\d+(?:\.\d*)?|\.\d+)[ \t\r\n]*$/.test(text) ? Number(text) : Number.NaN;
}

export function toXpathBoolean(value: XpathValue): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0 && !Number.isNaN(value);
  return value.length > 0;
}

export function isNodeSet(value: XpathValue): value is readonly AnyXmlNode[] {
  return Array.isArray(value);
}

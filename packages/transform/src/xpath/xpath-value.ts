import { stringValue, type XmlNode } from '../xml/node.ts';

/** The four types of XPath 1.0 (§1). A node-set is in document order and without repetition. */
export type XpathValue = string | number | boolean | readonly XmlNode[];

export function isNodeSet(value: XpathValue): value is readonly XmlNode[] {
  return typeof value === 'object';
}

/** As the function `string` converts (§4.2). */
export function toText(value: XpathValue): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number') return numberText(value);
  const [first] = value;
  return first === undefined ? '' : stringValue(first);
}

/** As the function `number` converts (§4.4). */
export function toNumber(value: XpathValue): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const text = typeof value === 'string' ? value : toText(value);
  return /^[ \t\r\n]*-?(?:\d+(?:\.\d*)?|\.\d+)[ \t\r\n]*$/.test(text) ? Number(text) : Number.NaN;
}

/** As the function `boolean` converts (§4.3). */
export function toBoolean(value: XpathValue): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0 && !Number.isNaN(value);
  return value.length > 0;
}

/** Decimal digits, never an exponent. */
function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (value === 0) return '0';
  const text = String(value);
  return text.includes('e') ? expand(text) : text;
}

function expand(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?e([+-]?\d+)$/.exec(text) ?? [];
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** In document order, each node once. */
export function inDocumentOrder(nodes: readonly XmlNode[]): readonly XmlNode[] {
  if (nodes.length < 2) return nodes;
  let isOrdered = true;
  for (let at = 1; at < nodes.length && isOrdered; at++)
    isOrdered = (nodes[at - 1]?.order ?? 0) < (nodes[at]?.order ?? 0);
  if (isOrdered) return nodes;
  const sorted = [...nodes].sort((left, right) => left.order - right.order);
  return sorted.filter((node, at) => node !== sorted[at - 1]);
}

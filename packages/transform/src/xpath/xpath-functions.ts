import { qualifiedName, stringValue, type XmlNode, xmlNamespace } from '../xml/node.ts';
import type { XpathContext } from './compile-xpath.ts';
import { inDocumentOrder, isNodeSet, toBoolean, toNumber, toText, type XpathValue } from './xpath-value.ts';

export type XpathFunction = {
  readonly minimum: number;
  readonly maximum: number;
  readonly apply: (given: readonly XpathValue[], context: XpathContext) => XpathValue;
};

/** Defines a function that takes from `minimum` to `maximum` arguments. */
export function xpathFunction(minimum: number, maximum: number, apply: XpathFunction['apply']): XpathFunction {
  return { minimum, maximum, apply };
}

const define = xpathFunction;

/** The core function library (XPath 1.0 §4). */
export const xpathFunctions: Readonly<Record<string, XpathFunction>> = {
  last: define(0, 0, (_given, { size }) => size),
  position: define(0, 0, (_given, { position }) => position),
  count: define(1, 1, ([nodes]) => nodesOf(nodes, 'count').length),
  id: define(1, 1, () => []),
  'local-name': define(0, 1, (given, context) => localName(firstNode(given, context, 'local-name'))),
  'namespace-uri': define(0, 1, (given, context) => {
    const node = firstNode(given, context, 'namespace-uri');
    return node?.kind === 'element' || node?.kind === 'attribute' ? node.namespace : '';
  }),
  name: define(0, 1, (given, context) => {
    const node = firstNode(given, context, 'name');
    return node?.kind === 'element' || node?.kind === 'attribute' ? qualifiedName(node) : localName(node);
  }),
  string: define(0, 1, (given, context) => textOf(given, context)),
  concat: define(2, Number.POSITIVE_INFINITY, (given) => given.map(toText).join('')),
  'starts-with': define(2, 2, ([text = '', start = '']) => toText(text).startsWith(toText(start))),
  contains: define(2, 2, ([text = '', part = '']) => toText(text).includes(toText(part))),
  'substring-before': define(2, 2, ([text = '', part = '']) => {
    const at = toText(text).indexOf(toText(part));
    return at < 0 ? '' : toText(text).slice(0, at);
  }),
  'substring-after': define(2, 2, ([text = '', part = '']) => {
    const at = toText(text).indexOf(toText(part));
    return at < 0 ? '' : toText(text).slice(at + toText(part).length);
  }),
  substring: define(2, 3, ([text = '', start = 1, length]) => {
    const from = roundHalfUp(toNumber(start));
    const to = length === undefined ? Number.POSITIVE_INFINITY : from + roundHalfUp(toNumber(length));
    return Array.from(toText(text))
      .filter((_character, index) => index + 1 >= from && index + 1 < to)
      .join('');
  }),
  'string-length': define(0, 1, (given, context) => Array.from(textOf(given, context)).length),
  'normalize-space': define(0, 1, (given, context) =>
    textOf(given, context)
      .replace(/[ \t\r\n]+/g, ' ')
      .replace(/^ | $/g, ''),
  ),
  translate: define(3, 3, ([text = '', from = '', to = '']) => translate(toText(text), toText(from), toText(to))),
  boolean: define(1, 1, ([value = '']) => toBoolean(value)),
  not: define(1, 1, ([value = '']) => !toBoolean(value)),
  true: define(0, 0, () => true),
  false: define(0, 0, () => false),
  lang: define(1, 1, ([language = ''], { node }) => isLanguage(node, toText(language).toLowerCase())),
  number: define(0, 1, ([value], { node }) => toNumber(value ?? stringValue(node))),
  sum: define(1, 1, ([nodes]) => nodesOf(nodes, 'sum').reduce((sum, node) => sum + toNumber(stringValue(node)), 0)),
  floor: define(1, 1, ([value = '']) => Math.floor(toNumber(value))),
  ceiling: define(1, 1, ([value = '']) => Math.ceil(toNumber(value))),
  round: define(1, 1, ([value = '']) => roundHalfUp(toNumber(value))),
};

function nodesOf(value: XpathValue | undefined, name: string): readonly XmlNode[] {
  if (value !== undefined && isNodeSet(value)) return value;
  throw new SyntaxError(`"${name}()" needs nodes, not a ${typeof value}`);
}

function firstNode(given: readonly XpathValue[], context: XpathContext, name: string): XmlNode | undefined {
  const [value] = given;
  return value === undefined ? context.node : inDocumentOrder(nodesOf(value, name))[0];
}

function textOf([value]: readonly XpathValue[], { node }: XpathContext): string {
  return value === undefined ? stringValue(node) : toText(value);
}

function localName(node: XmlNode | undefined): string {
  switch (node?.kind) {
    case 'element':
    case 'attribute':
      return node.local;
    case 'instruction':
      return node.target;
    case 'namespace':
      return node.prefix;
    default:
      return '';
  }
}

/** Halves go up, also below zero. */
function roundHalfUp(value: number): number {
  return Number.isFinite(value) ? Math.floor(value + 0.5) : value;
}

function translate(text: string, from: string, to: string): string {
  const targets = Array.from(to);
  const map = new Map<string, string>();
  for (const [index, character] of Array.from(from).entries()) {
    if (!map.has(character)) map.set(character, targets[index] ?? '');
  }
  return Array.from(text)
    .map((character) => map.get(character) ?? character)
    .join('');
}

function isLanguage(node: XmlNode, language: string): boolean {
  for (let at: XmlNode | undefined = node; at !== undefined; at = at.parent) {
    if (at.kind !== 'element') continue;
    const given = at.attributes.find(({ local, namespace }) => local === 'lang' && namespace === xmlNamespace);
    if (given === undefined) continue;
    const value = given.value.toLowerCase();
    return value === language || value.startsWith(`${language}-`);
  }
  return false;
}

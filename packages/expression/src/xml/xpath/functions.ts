import { mapSlices } from '../../map-slices.ts';
import { indexOfText } from '../../text-search.ts';
import type { AnyXmlNode } from '../xml-node.ts';
import { XpathError } from './syntax.ts';
import {
  checkXpathTexts,
  isNodeSet,
  stringOfNode,
  toXpathBoolean,
  toXpathNumber,
  toXpathString,
  type XpathContext,
  type XpathValue,
} from './values.ts';

type XpathFunction = {
  readonly minimum: number;
  readonly maximum: number;
  readonly apply: (values: readonly XpathValue[], context: XpathContext) => XpathValue;
};

/** A function of texts; without arguments, of the context node's, where the function allows it. */
function ofTexts(minimum: number, maximum: number, apply: (...texts: readonly string[]) => XpathValue): XpathFunction {
  return {
    minimum,
    maximum,
    apply: (values, context) => {
      const given = values.length === 0 && minimum === 0 ? [[context.node]] : values;
      const texts: string[] = [];
      let length = 0;
      for (const value of given) {
        const text = toXpathString(value, context.meter);
        length += text.length;
        checkXpathTexts(length);
        texts.push(text);
      }
      context.meter.charge(length);
      return apply(...texts);
    },
  };
}

function ofNumber(apply: (value: number) => number): XpathFunction {
  return { minimum: 1, maximum: 1, apply: ([value = ''], { meter }) => apply(toXpathNumber(value, meter)) };
}

/** A function of the first node of a set, or of the context node. */
function ofNode(apply: (node: AnyXmlNode | undefined) => string): XpathFunction {
  return {
    minimum: 0,
    maximum: 1,
    apply: ([value], { node }) => apply(value === undefined ? node : nodesOf(value)[0]),
  };
}

function nodesOf(value: XpathValue | undefined): readonly AnyXmlNode[] {
  if (value === undefined || !isNodeSet(value)) throw new XpathError('a function was given a value instead of nodes');
  return value;
}

/** The core function library (XPath 1.0 §4). `id` finds nothing, since only a document type says what an id is. */
const functions: ReadonlyMap<string, XpathFunction> = new Map<string, XpathFunction>([
  ['last', { minimum: 0, maximum: 0, apply: (_, { size }) => size }],
  ['position', { minimum: 0, maximum: 0, apply: (_, { position }) => position }],
  ['count', { minimum: 1, maximum: 1, apply: ([value]) => nodesOf(value).length }],
  ['id', { minimum: 1, maximum: 1, apply: () => [] }],
  [
    'local-name',
    ofNode((node) => (node?.kind === 'element' || node?.kind === 'attribute' ? node.local : nameOf(node))),
  ],
  ['namespace-uri', ofNode((node) => (node?.kind === 'element' || node?.kind === 'attribute' ? node.namespace : ''))],
  ['name', ofNode(nameOf)],
  ['string', ofTexts(0, 1, (text = '') => text)],
  ['concat', ofTexts(2, Number.POSITIVE_INFINITY, (...texts) => texts.join(''))],
  ['starts-with', ofTexts(2, 2, (text = '', start = '') => text.startsWith(start))],
  ['contains', ofTexts(2, 2, (text = '', part = '') => indexOfText(text, part) !== -1)],
  ['substring-before', ofTexts(2, 2, (text = '', part = '') => text.slice(0, Math.max(indexOfText(text, part), 0)))],
  [
    'substring-after',
    ofTexts(2, 2, (text = '', part = '') => {
      const at = indexOfText(text, part);
      return at === -1 ? '' : text.slice(at + part.length);
    }),
  ],
  ['substring', { minimum: 2, maximum: 3, apply: substring }],
  ['string-length', ofTexts(0, 1, (text = '') => text.length)],
  ['normalize-space', ofTexts(0, 1, (text = '') => text.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, ''))],
  ['translate', ofTexts(3, 3, translate)],
  ['boolean', { minimum: 1, maximum: 1, apply: ([value = false]) => toXpathBoolean(value) }],
  ['not', { minimum: 1, maximum: 1, apply: ([value = false]) => !toXpathBoolean(value) }],
  ['true', { minimum: 0, maximum: 0, apply: () => true }],
  ['false', { minimum: 0, maximum: 0, apply: () => false }],
  ['lang', { minimum: 1, maximum: 1, apply: lang }],
  ['number', { minimum: 0, maximum: 1, apply: ([value], { node, meter }) => toXpathNumber(value ?? [node], meter) }],
  [
    'sum',
    {
      minimum: 1,
      maximum: 1,
      apply: ([value], { meter }) =>
        nodesOf(value).reduce((sum, node) => sum + toXpathNumber(stringOfNode(node, meter), meter), 0),
    },
  ],
  ['floor', ofNumber(Math.floor)],
  ['ceiling', ofNumber(Math.ceil)],
  ['round', ofNumber(Math.round)],
]);

/** Calls a function of the core library. Throws {@link XpathError} for one that is not in it. */
export function callXpathFunction(name: string, values: readonly XpathValue[], context: XpathContext): XpathValue {
  const found = functions.get(name);
  if (found === undefined) throw new XpathError(`there is no function '${name}'`);
  if (values.length < found.minimum || values.length > found.maximum)
    throw new XpathError(`the function '${name}' has an invalid number of arguments`);
  return found.apply(values, context);
}

function nameOf(node: AnyXmlNode | undefined): string {
  if (node?.kind === 'namespace') return node.prefix;
  return node !== undefined && 'name' in node ? node.name : '';
}

/** Positions are rounded and count from 1; what is no number selects nothing. */
function substring([value = '', from = 0, count]: readonly XpathValue[], { meter }: XpathContext): string {
  const text = toXpathString(value, meter);
  const start = Math.round(toXpathNumber(from, meter));
  const end = count === undefined ? Number.POSITIVE_INFINITY : start + Math.round(toXpathNumber(count, meter));
  if (Number.isNaN(start) || Number.isNaN(end)) return '';
  return text.slice(Math.max(start - 1, 0), Math.max(Math.min(end - 1, text.length), 0));
}

function translate(text = '', from = '', to = ''): string {
  const replacements = new Map<string, string>();
  for (let index = from.length - 1; index >= 0; index -= 1) replacements.set(from[index] ?? '', to[index] ?? '');
  return mapSlices(text, (slice) => {
    let result = '';
    for (let index = 0; index < slice.length; index += 1) {
      const character = slice[index] ?? '';
      result += replacements.get(character) ?? character;
    }
    return result;
  });
}

function lang([value = '']: readonly XpathValue[], { node, meter }: XpathContext): boolean {
  const wanted = toXpathString(value, meter).toLowerCase();
  for (let at: AnyXmlNode | undefined = node; at !== undefined; at = at.parent) {
    const found = at.kind === 'element' ? at.attributes.find(({ name }) => name === 'xml:lang') : undefined;
    if (found !== undefined) {
      const language = found.value.toLowerCase();
      return language === wanted || language.startsWith(`${wanted}-`);
    }
  }
  return false;
}

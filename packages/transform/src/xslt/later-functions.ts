import { stringValue } from '../xml/node.ts';
import { type XpathFunction, xpathFunction } from '../xpath/xpath-functions.ts';
import { isNodeSet, toNumber, toText, type XpathValue } from '../xpath/xpath-value.ts';

/**
 * Functions of XPath 2.0 and 3.1 that have a meaning over the types of XPath 1.0; for stylesheets of version 2.0 and 3.0, such as the
 * data mapper writes.
 */
export const laterFunctions: Readonly<Record<string, XpathFunction>> = {
  'upper-case': xpathFunction(1, 1, ([text = '']) => toText(text).toUpperCase()),
  'lower-case': xpathFunction(1, 1, ([text = '']) => toText(text).toLowerCase()),
  'ends-with': xpathFunction(2, 2, ([text = '', end = '']) => toText(text).endsWith(toText(end))),
  'string-join': xpathFunction(1, 2, ([items = '', separator = '']) => texts(items).join(toText(separator))),
  exists: xpathFunction(1, 1, ([items = '']) => texts(items).length > 0),
  empty: xpathFunction(1, 1, ([items = '']) => texts(items).length === 0),
  abs: xpathFunction(1, 1, ([value = '']) => Math.abs(toNumber(value))),
  avg: xpathFunction(1, 1, ([items = '']) => {
    const values = numbers(items);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  }),
  min: xpathFunction(1, 1, ([items = '']) => numbers(items).reduce((least, value) => Math.min(least, value))),
  max: xpathFunction(1, 1, ([items = '']) => numbers(items).reduce((most, value) => Math.max(most, value))),
  data: xpathFunction(1, 1, ([items = '']) => items),
};

function texts(value: XpathValue): readonly string[] {
  return isNodeSet(value) ? value.map(stringValue) : [toText(value)];
}

function numbers(value: XpathValue): readonly number[] {
  const found = texts(value).map(toNumber);
  return found.length === 0 ? [Number.NaN] : found;
}

import { toEnvelope } from '../content.ts';
import type { Value } from '../contract.ts';
import { ExpressionError } from '../errors.ts';
import type { Meter } from '../meter.ts';
import { float } from '../numbers.ts';
import { serializeXml } from './serialize-xml.ts';
import type { AnyXmlNode, XmlDocument, XmlElement } from './xml-node.ts';
import { evaluateXpathExpression } from './xpath/evaluate.ts';
import { parseXpath } from './xpath/parse.ts';
import { XpathError } from './xpath/syntax.ts';
import { checkXpathTexts } from './xpath/values.ts';

/**
 * Evaluates an XPath 1.0 expression: a number, a text or a boolean as such, nodes as an array. The meter stops what would take too
 * long.
 */
export function evaluateXpath(document: XmlDocument, expression: string, meter: Meter): Value {
  try {
    const result = evaluateXpathExpression(parseXpath(expression), document, meter);
    if (typeof result === 'number') return numberValue(result);
    if (typeof result !== 'object') return result;
    return nodeValues(result, meter);
  } catch (error) {
    if (!(error instanceof XpathError)) throw error;
    throw new ExpressionError(
      `The template language function 'xpath' cannot evaluate '${expression.slice(0, 200)}': ${error.message}.`,
      { reason: 'argument-invalid', cause: error },
    );
  }
}

/** What is no number is the text that Json.NET writes for it. */
function numberValue(value: number): Value {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  return Number.isSafeInteger(value) ? value + 0 : float(value);
}

/** Elements as XML values, anything else (attributes, text) as its text. Elements may hold one another, so the length is looked at. */
function nodeValues(nodes: readonly AnyXmlNode[], meter: Meter): readonly Value[] {
  let length = 0;
  const values: Value[] = [];
  for (const node of nodes) {
    const isTree = node.kind === 'element' || node.kind === 'document';
    const text = isTree ? xmlOf(node) : node.value;
    length += text.length;
    checkXpathTexts(length);
    meter.charge(text.length);
    values.push(isTree ? toEnvelope('application/xml;charset=utf-8', Buffer.from(text, 'utf8')) : text);
  }
  return values;
}

function xmlOf(node: XmlElement | XmlDocument): string {
  const elements = node.kind === 'element' ? [node] : node.children.filter((child) => child.kind === 'element');
  return elements.map(serializeXml).join('');
}

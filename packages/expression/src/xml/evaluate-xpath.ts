import { toEnvelope } from '../content.ts';
import type { Value } from '../contract.ts';
import { ExpressionError } from '../errors.ts';
import type { Meter } from '../meter.ts';
import { float } from '../numbers.ts';
import { serializeXml } from './serialize-xml.ts';
import type { AnyXmlNode, XmlDocument } from './xml-node.ts';
import { evaluateXpathExpression } from './xpath/evaluate.ts';
import { parseXpath } from './xpath/parse.ts';
import { XpathError } from './xpath/syntax.ts';

/**
 * Evaluates an XPath 1.0 expression: a number, a text or a boolean as such, nodes as an array. The meter stops what would take too
 * long.
 */
export function evaluateXpath(document: XmlDocument, expression: string, meter: Meter): Value {
  try {
    const result = evaluateXpathExpression(parseXpath(expression), document, meter);
    if (typeof result === 'number') return numberValue(result);
    if (typeof result !== 'object') return result;
    return result.map((node) => nodeValue(node, meter));
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

/** Elements as XML values, anything else (attributes, text) as its text. */
function nodeValue(node: AnyXmlNode, meter: Meter): Value {
  if (node.kind !== 'element' && node.kind !== 'document') return node.value;
  const elements = node.kind === 'element' ? [node] : node.children.filter((child) => child.kind === 'element');
  const text = elements.map(serializeXml).join('');
  meter.charge(text.length);
  return toEnvelope('application/xml;charset=utf-8', Buffer.from(text, 'utf8'));
}

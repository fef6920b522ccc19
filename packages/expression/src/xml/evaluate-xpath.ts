import fontoxpath from 'fontoxpath';
import type { Document, Node } from 'slimdom';
import { toEnvelope } from '../content.ts';
import type { Value } from '../contract.ts';
import { ExpressionError } from '../errors.ts';
import { float } from '../numbers.ts';
import { serializeXml } from './serialize-xml.ts';

/** Evaluates an XPath expression: a number, a text or a boolean as such, nodes as an array. */
export function evaluateXpath(document: Document, expression: string): Value {
  try {
    const result: unknown = fontoxpath.evaluateXPath(
      expression,
      document,
      null,
      null,
      fontoxpath.evaluateXPath.ANY_TYPE,
      {
        language: fontoxpath.evaluateXPath.XPATH_3_1_LANGUAGE,
      },
    );
    return toValue(result);
  } catch (error) {
    if (error instanceof ExpressionError) throw error;
    const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new ExpressionError(`The template language function 'xpath' cannot evaluate '${expression}': ${why}`, {
      reason: 'argument-invalid',
      cause: error,
    });
  }
}

function toValue(result: unknown): Value {
  if (typeof result === 'number') return Number.isInteger(result) ? result : float(result);
  if (typeof result === 'string' || typeof result === 'boolean') return result;
  if (Array.isArray(result)) return result.map((item) => (isNode(item) ? nodeValue(item) : toValue(item)));
  if (isNode(result)) return [nodeValue(result)];
  return result === null || result === undefined ? [] : String(result);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'nodeType' in value;
}

/** Elements as XML values, anything else (attributes, text) as its text. */
function nodeValue(node: Node): Value {
  if (node.nodeType === 1 || node.nodeType === 9)
    return toEnvelope('application/xml;charset=utf-8', Buffer.from(serializeXml(node), 'utf8'));
  return (node as unknown as { readonly nodeValue: string | null }).nodeValue ?? '';
}

import { parseXpath, XpathError, type XpathExpression } from '@patchbay/expression';

/** Parses an XPath 1.0 expression. Throws `SyntaxError` with a message that quotes it. */
export function parseExpression(text: string): XpathExpression {
  try {
    return parseXpath(text);
  } catch (error) {
    if (!(error instanceof XpathError)) throw error;
    throw new SyntaxError(`the expression "${text.slice(0, 200)}" is not valid: ${error.message}`, { cause: error });
  }
}

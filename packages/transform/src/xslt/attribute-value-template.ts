import { type CompiledXpath, compileXpath, type XpathEnvironment } from '../xpath/compile-xpath.ts';
import { toText } from '../xpath/xpath-value.ts';
import { type Scope, xpathContext } from './scope.ts';

/** Compiles text with expressions in braces (XSLT 1.0 §7.6.2); doubled braces are braces. */
export function compileValueTemplate(text: string, environment: XpathEnvironment): (scope: Scope) => string {
  const parts: (string | CompiledXpath)[] = [];
  let literal = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if ((character === '{' || character === '}') && text[at + 1] === character) {
      literal += character;
      at++;
    } else if (character === '{') {
      const end = endOfExpression(text, at + 1);
      parts.push(literal, compileXpath(text.slice(at + 1, end), environment));
      literal = '';
      at = end;
    } else if (character === '}') throw new SyntaxError(`"${text}" has a "}" without its "{"`);
    else literal += character;
  }
  parts.push(literal);
  const [only] = parts;
  if (parts.length === 1 && typeof only === 'string') return () => only;
  return (scope) => {
    const context = xpathContext(scope);
    return parts.map((part) => (typeof part === 'string' ? part : toText(part(context)))).join('');
  };
}

/** Braces in literals of the expression do not end it. */
function endOfExpression(text: string, from: number): number {
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const character = text[at] ?? '';
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '}') return at;
  }
  throw new SyntaxError(`"${text}" has a "{" without its "}"`);
}

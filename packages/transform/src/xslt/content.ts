import { toText } from '../xpath/xpath-value.ts';
import type { CompileContext } from './compile-context.ts';
import { bodyText, type Scope, xpathContext } from './scope.ts';

/** The text that an element makes: of what it holds, or, in later versions, of what it selects. */
export function compileContent(context: CompileContext): (scope: Scope) => string {
  const select = context.isLater ? context.attribute('select') : undefined;
  if (select === undefined) {
    const body = context.body();
    return (scope) => bodyText(body, scope);
  }
  const expression = context.xpath(select);
  return (scope) => toText(expression(xpathContext(scope)));
}

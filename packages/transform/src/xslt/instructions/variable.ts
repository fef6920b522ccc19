import type { XpathValue } from '../../xpath/xpath-value.ts';
import type { CompileContext } from '../compile-context.ts';
import { bodyTree, type Scope, xpathContext } from '../scope.ts';
import type { InstructionKind } from './instruction-kind.ts';

/** Binds a name to a value (XSLT 1.0 §11.1). */
export const variable: InstructionKind = {
  name: 'variable',
  compile(context) {
    return { kind: 'variable', name: context.expandName(context.required('name')), evaluate: compileValue(context) };
  },
};

/** Binds a name to what the template was called with, or to a value of its own. */
export const param: InstructionKind = {
  name: 'param',
  compile(context) {
    const name = context.expandName(context.required('name'));
    const value = compileValue(context);
    return { kind: 'variable', name, evaluate: (scope) => scope.given.get(name) ?? value(scope) };
  },
};

/** The value of an element that binds: what it selects, else the tree that it holds, else an empty text. */
export function compileValue(context: CompileContext): (scope: Scope) => XpathValue {
  const select = context.attribute('select');
  if (select !== undefined) {
    const expression = context.xpath(select);
    return (scope) => expression(xpathContext(scope));
  }
  if (context.element.children.length === 0) return () => '';
  const body = context.body();
  return (scope) => bodyTree(body, scope);
}

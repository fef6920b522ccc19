import { childElements } from '../../xml/node.ts';
import type { XpathValue } from '../../xpath/xpath-value.ts';
import type { CompileContext } from '../compile-context.ts';
import type { Scope } from '../scope.ts';
import { xsltNamespace } from '../stylesheet.ts';
import { compileValue } from './variable.ts';

/** What a template is called with (XSLT 1.0 §11.6). */
export function compileWithParams(context: CompileContext): (scope: Scope) => ReadonlyMap<string, XpathValue> {
  const params = childElements(context.element)
    .filter((child) => child.namespace === xsltNamespace && child.local === 'with-param')
    .map((child) => {
      const at = context.at(child);
      return { name: at.expandName(at.required('name')), value: compileValue(at) };
    });
  return (scope) => new Map(params.map(({ name, value }) => [name, value(scope)]));
}

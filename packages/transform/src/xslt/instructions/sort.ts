import type { XmlNode } from '../../xml/node.ts';
import { childElements } from '../../xml/node.ts';
import { toNumber, toText } from '../../xpath/xpath-value.ts';
import type { CompileContext } from '../compile-context.ts';
import { type Scope, xpathContext } from '../scope.ts';
import { xsltNamespace } from '../stylesheet.ts';

type SortKey = {
  readonly text: (scope: Scope) => string;
  /** Makes the comparison for one sorting: its order and type may be expressions. */
  readonly comparison: (scope: Scope) => (left: string, right: string) => number;
};

/** Compiles the `sort` elements that an element holds (XSLT 1.0 §10); the first counts most. */
export function compileSorts(context: CompileContext): (nodes: readonly XmlNode[], scope: Scope) => readonly XmlNode[] {
  const keys = childElements(context.element)
    .filter((child) => child.namespace === xsltNamespace && child.local === 'sort')
    .map((child) => compileSort(context.at(child)));
  if (keys.length === 0) return (nodes) => nodes;
  return (nodes, scope) => {
    const size = nodes.length;
    const comparisons = keys.map((key) => key.comparison(scope));
    const rows = nodes.map((node, index) => {
      const own = { ...scope, node, position: index + 1, size };
      return { node, texts: keys.map((key) => key.text(own)) };
    });
    rows.sort((left, right) => {
      for (const [index, compare] of comparisons.entries()) {
        const result = compare(left.texts[index] ?? '', right.texts[index] ?? '');
        if (result !== 0) return result;
      }
      return 0;
    });
    return rows.map(({ node }) => node);
  };
}

function compileSort(context: CompileContext): SortKey {
  const select = context.xpath(context.attribute('select') ?? '.');
  const type = context.optionalTemplate('data-type');
  const order = context.optionalTemplate('order');
  const caseOrder = context.optionalTemplate('case-order');
  const language = context.optionalTemplate('lang');
  return {
    text: (scope) => toText(select(xpathContext(scope))),
    comparison: (scope) => {
      const sign = order?.(scope) === 'descending' ? -1 : 1;
      if (type?.(scope) === 'number') return (left, right) => sign * compareNumbers(left, right);
      const caseFirst = caseOrder?.(scope) === 'upper-first' ? 'upper' : 'lower';
      const collator = new Intl.Collator(language?.(scope) ?? 'en', { caseFirst });
      return (left, right) => sign * collator.compare(left, right);
    },
  };
}

/** What is no number comes before all numbers. */
function compareNumbers(left: string, right: string): number {
  const [a, b] = [toNumber(left), toNumber(right)];
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1;
  return Number.isNaN(b) ? 1 : a - b;
}

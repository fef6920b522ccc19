import { requireNodes } from '../../xpath/compile-xpath.ts';
import { runBody, xpathContext } from '../scope.ts';
import { act, type InstructionKind } from './instruction-kind.ts';
import { compileSorts } from './sort.ts';

/** Does what it holds for each node (XSLT 1.0 §8). */
export const forEach: InstructionKind = {
  name: 'for-each',
  compile(context) {
    const select = context.xpath(context.required('select'));
    const sort = compileSorts(context);
    const body = context.body(context.element, ['sort']);
    return act((scope) => {
      const nodes = sort(requireNodes(select(xpathContext(scope)), 'for-each'), scope);
      const size = nodes.length;
      for (const [index, node] of nodes.entries()) {
        runBody(body, { ...scope, node, position: index + 1, size, rule: undefined });
      }
    });
  },
};

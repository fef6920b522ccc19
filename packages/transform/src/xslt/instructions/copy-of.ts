import { isNodeSet, toText } from '../../xpath/xpath-value.ts';
import { copyNode } from '../copy-node.ts';
import { xpathContext } from '../scope.ts';
import { act, type InstructionKind } from './instruction-kind.ts';

/** Copies what it selects, whole (XSLT 1.0 §11.3). */
export const copyOf: InstructionKind = {
  name: 'copy-of',
  compile(context) {
    const select = context.xpath(context.required('select'));
    return act((scope) => {
      const value = select(xpathContext(scope));
      if (isNodeSet(value)) for (const node of value) copyNode(node, scope.output);
      else scope.output.text(toText(value));
    });
  },
};

/** The same by the name that later versions have for it. */
export const sequence: InstructionKind = { ...copyOf, name: 'sequence' };

import { childElements } from '../../xml/node.ts';
import { toBoolean } from '../../xpath/xpath-value.ts';
import { runBody, xpathContext } from '../scope.ts';
import { xsltNamespace } from '../stylesheet.ts';
import { act, type InstructionKind } from './instruction-kind.ts';

/** Does what the first `when` with a true test holds, else what `otherwise` holds (XSLT 1.0 §9.2). */
export const choose: InstructionKind = {
  name: 'choose',
  compile(context) {
    const branches = childElements(context.element)
      .filter((child) => child.namespace === xsltNamespace)
      .map((child) => {
        const at = context.at(child);
        const test = child.local === 'when' ? at.xpath(at.required('test')) : undefined;
        return { test, body: at.body() };
      });
    return act((scope) => {
      const expressions = xpathContext(scope);
      const taken = branches.find(({ test }) => test === undefined || toBoolean(test(expressions)));
      if (taken !== undefined) runBody(taken.body, scope);
    });
  },
};

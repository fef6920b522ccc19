import { toBoolean } from '../../xpath/xpath-value.ts';
import { runBody, xpathContext } from '../scope.ts';
import { act, type InstructionKind } from './instruction-kind.ts';

/** Does what it holds when its test is true (XSLT 1.0 §9.1). */
export const ifInstruction: InstructionKind = {
  name: 'if',
  compile(context) {
    const test = context.xpath(context.required('test'));
    const body = context.body();
    return act((scope) => {
      if (toBoolean(test(xpathContext(scope)))) runBody(body, scope);
    });
  },
};

import { stringValue } from '../../xml/node.ts';
import { isNodeSet, toText } from '../../xpath/xpath-value.ts';
import { bodyText, xpathContext } from '../scope.ts';
import { act, type InstructionKind } from './instruction-kind.ts';

/** Writes text (XSLT 1.0 §7.6.1). Later versions write every node selected, with a separator between. */
export const valueOfInstruction: InstructionKind = {
  name: 'value-of',
  compile(context) {
    const given = context.attribute('select');
    if (given === undefined && context.isLater) {
      const body = context.body();
      return act((scope) => scope.output.text(bodyText(body, scope)));
    }
    const select = context.xpath(given ?? context.required('select'));
    if (!context.isLater) return act((scope) => scope.output.text(toText(select(xpathContext(scope)))));
    const separator = context.optionalTemplate('separator');
    return act((scope) => {
      const value = select(xpathContext(scope));
      const text = isNodeSet(value) ? value.map(stringValue).join(separator?.(scope) ?? ' ') : toText(value);
      scope.output.text(text);
    });
  },
};

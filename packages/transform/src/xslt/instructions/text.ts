import { stringValue } from '../../xml/node.ts';
import { act, type InstructionKind } from './instruction-kind.ts';

/** Writes what it holds, blanks and all (XSLT 1.0 §7.2). */
export const text: InstructionKind = {
  name: 'text',
  compile(context) {
    const value = stringValue(context.element);
    return act(({ output }) => output.text(value));
  },
};

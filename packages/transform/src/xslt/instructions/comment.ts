import { compileContent } from '../content.ts';
import { act, type InstructionKind } from './instruction-kind.ts';

/** Makes a comment (XSLT 1.0 §7.4). */
export const comment: InstructionKind = {
  name: 'comment',
  compile(context) {
    const value = compileContent(context);
    return act((scope) => scope.output.comment(value(scope)));
  },
};

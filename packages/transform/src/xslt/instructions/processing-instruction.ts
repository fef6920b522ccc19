import { compileContent } from '../content.ts';
import { makeName } from '../make-name.ts';
import { act, type InstructionKind } from './instruction-kind.ts';

/** Makes a processing instruction (XSLT 1.0 §7.3). */
export const processingInstruction: InstructionKind = {
  name: 'processing-instruction',
  compile(context) {
    const name = context.valueTemplate(context.required('name'));
    const value = compileContent(context);
    return act((scope) => {
      scope.output.instruction(makeName(name(scope), '', context, false).local, value(scope));
    });
  },
};

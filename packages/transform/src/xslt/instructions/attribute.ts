import { compileContent } from '../content.ts';
import { makeName } from '../make-name.ts';
import { act, type InstructionKind } from './instruction-kind.ts';

/** Adds an attribute to the element being made (XSLT 1.0 §7.1.3); after its content has begun it is left out. */
export const attribute: InstructionKind = {
  name: 'attribute',
  compile(context) {
    const name = context.valueTemplate(context.required('name'));
    const namespace = context.optionalTemplate('namespace');
    const value = compileContent(context);
    return act((scope) => {
      const made = makeName(name(scope), namespace?.(scope), context, false);
      if (made.prefix === '' && made.local === 'xmlns') throw new SyntaxError('an attribute cannot be named "xmlns"');
      scope.output.attribute(made, value(scope));
    });
  },
};

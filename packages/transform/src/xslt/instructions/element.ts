import { compileAttributeSets } from '../attribute-sets.ts';
import { makeName } from '../make-name.ts';
import { runBody } from '../scope.ts';
import { act, type InstructionKind } from './instruction-kind.ts';

/** Makes an element whose name is worked out (XSLT 1.0 §7.1.2). */
export const element: InstructionKind = {
  name: 'element',
  compile(context) {
    const name = context.valueTemplate(context.required('name'));
    const namespace = context.optionalTemplate('namespace');
    const addAttributes = compileAttributeSets(context.attribute('use-attribute-sets'), context);
    const body = context.body();
    return act((scope) => {
      scope.output.start(makeName(name(scope), namespace?.(scope), context, true));
      addAttributes(scope);
      runBody(body, scope);
      scope.output.end();
    });
  },
};

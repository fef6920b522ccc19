import { runBody } from '../scope.ts';
import { act, type InstructionKind } from './instruction-kind.ts';
import { compileWithParams } from './with-param.ts';

/** Runs a template by name (XSLT 1.0 §6). */
export const callTemplate: InstructionKind = {
  name: 'call-template',
  compile(context) {
    const name = context.expandName(context.required('name'));
    const withParams = compileWithParams(context);
    return act((scope) => {
      const template = scope.runtime.stylesheet.named.get(name);
      if (template === undefined) throw new SyntaxError(`there is no template named "${name}"`);
      runBody(template.body, { ...scope, given: withParams(scope), bindings: undefined });
    });
  },
};

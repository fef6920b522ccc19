import { requireNodes } from '../../xpath/compile-xpath.ts';
import { applyTemplates } from '../apply-rules.ts';
import { xpathContext } from '../scope.ts';
import { act, type InstructionKind } from './instruction-kind.ts';
import { compileSorts } from './sort.ts';
import { compileWithParams } from './with-param.ts';

/** Applies the rules to the nodes that it selects, or to the children (XSLT 1.0 §5.4). */
export const applyTemplatesInstruction: InstructionKind = {
  name: 'apply-templates',
  compile(context) {
    const select = context.xpath(context.attribute('select') ?? 'node()');
    const given = context.attribute('mode');
    const mode = given === undefined || given === '#default' ? '' : context.expandName(given);
    const keepsMode = given === '#current';
    const sort = compileSorts(context);
    const withParams = compileWithParams(context);
    return act((scope) => {
      const nodes = sort(requireNodes(select(xpathContext(scope)), 'apply-templates'), scope);
      applyTemplates(nodes, { ...scope, mode: keepsMode ? scope.mode : mode }, withParams(scope));
    });
  },
};

import { applyRule } from '../apply-rules.ts';
import { act, type InstructionKind } from './instruction-kind.ts';

/** Applies the rule that the current one took precedence over (XSLT 1.0 §5.6). */
export const applyImports: InstructionKind = {
  name: 'apply-imports',
  compile: () => act((scope) => applyRule(scope, new Map(), scope.rule?.precedence)),
};

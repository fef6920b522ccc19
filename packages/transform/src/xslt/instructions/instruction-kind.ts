import type { CompileContext } from '../compile-context.ts';
import type { Scope } from '../scope.ts';
import type { Instruction } from '../stylesheet.ts';

/** An element of XSLT that does something where it stands. */
export type InstructionKind = {
  readonly name: string;
  readonly compile: (context: CompileContext) => Instruction;
};

export function act(run: (scope: Scope) => void): Instruction {
  return { kind: 'act', run };
}

import { act, type InstructionKind } from './instruction-kind.ts';

/** Says nothing where the instruction around it is known (XSLT 1.0 §15). */
export const fallback: InstructionKind = { name: 'fallback', compile: () => act(() => undefined) };

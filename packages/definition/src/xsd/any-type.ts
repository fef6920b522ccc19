import type { TypeRead } from './type-reader.ts';

/** What is declared as `anyType`, and what nothing is known of. */
export const anyType: TypeRead = { use: { kind: 'any' } };

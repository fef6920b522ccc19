import type { Breaking } from './breaking.ts';
import { structureBreakings } from './structure-breakings.ts';

/** Every breaking of every rule. */
export const breakings: readonly Breaking[] = [...structureBreakings];

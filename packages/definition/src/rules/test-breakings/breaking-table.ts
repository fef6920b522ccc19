import type { Breaking } from './breaking.ts';
import { certificationBreakings } from './certification-breakings.ts';
import { dynamicBreakings } from './dynamic-breakings.ts';
import { operationBreakings } from './operation-breakings.ts';
import { propertiesBreakings } from './properties-breakings.ts';
import { readingBreakings } from './reading-breakings.ts';
import { schemaBreakings } from './schema-breakings.ts';
import { structureBreakings } from './structure-breakings.ts';

/** Every breaking of every rule. */
export const breakings: readonly Breaking[] = [
  ...structureBreakings,
  ...operationBreakings,
  ...schemaBreakings,
  ...dynamicBreakings,
  ...certificationBreakings,
  ...propertiesBreakings,
  ...readingBreakings,
];

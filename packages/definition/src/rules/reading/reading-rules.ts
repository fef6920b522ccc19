import { importReadingRules } from './import-reading-rules.ts';
import { openapiReadingRules } from './openapi-reading-rules.ts';
import type { ReadingRule } from './reading-rule.ts';
import { textReadingRules } from './text-reading-rules.ts';

/** What reading itself reports, by code. */
export const readingRules: Readonly<Record<string, ReadingRule>> = {
  ...openapiReadingRules,
  ...textReadingRules,
  ...importReadingRules,
};

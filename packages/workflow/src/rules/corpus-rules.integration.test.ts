import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonValue } from '@patchbay/expression';
import { expect, it } from 'vitest';
import { readWorkflowFile } from '../document/read-workflow-file.ts';
import { compileDefinition } from '../plan/compile-definition.ts';
import { flowRules } from './rule-table.ts';

const corpus = join(import.meta.dirname, '../../../../../shared/corpus/flows');
const codesOfRules: ReadonlySet<string> = new Set(flowRules.map(({ code }) => code));

/** What of a published definition only the rules refuse, not the compiler. */
function refusedByRules(document: JsonValue): readonly string[] | undefined {
  const file = readWorkflowFile(document);
  if (file === undefined) return undefined;
  const { findings } = compileDefinition(file.definition);
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.some(({ code }) => !codesOfRules.has(code))) return undefined;
  return errors.map(({ code, message }) => `${code}: ${message}`);
}

/** Of what the rules refuse: names that nothing declares, which the platform refuses as well. */
const isMissingName = (text: string): boolean => /^variable-unknown: .* is never initialized/.test(text);

it.skipIf(!existsSync(corpus))(
  'refuses no published definition that the platform takes (needs ../shared/corpus)',
  () => {
    let count = 0;
    const wrong: string[] = [];
    for (const name of readdirSync(corpus, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.json')) continue;
      let document: JsonValue;
      try {
        document = JSON.parse(readFileSync(join(corpus, name), 'utf8').replace(/^\uFEFF/, '')) as JsonValue;
      } catch {
        continue;
      }
      const refused = refusedByRules(document);
      if (refused === undefined) continue;
      count += 1;
      for (const text of refused.filter((one) => !isMissingName(one))) wrong.push(`${name}: ${text}`);
    }
    expect(wrong).toEqual([]);
    expect(count).toBeGreaterThan(300);
  },
  60_000,
);

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  addedCodes,
  type Breaking,
  type Broken,
  breakConnectors,
  type ConnectorDraft,
  findingsOf,
} from './test-breakings/breaking.ts';
import { breakings } from './test-breakings/breaking-table.ts';
import type { Draft } from './test-breakings/draft.ts';

const corpus = join(import.meta.dirname, '../../../../../shared/corpus/connectors');

/** Published definitions without an error or a warning, small enough to try many breakings on. */
function cleanPublished(count: number): readonly ConnectorDraft[] {
  const found: ConnectorDraft[] = [];
  for (const kind of readdirSync(corpus)) {
    for (const name of readdirSync(join(corpus, kind))) {
      const text = readFileSync(join(corpus, kind, name, 'apiDefinition.swagger.json'), 'utf8');
      if (found.length >= count || text.length > 40_000 || !text.startsWith('{')) continue;
      const [definition, properties] = [text, readFileSync(join(corpus, kind, name, 'apiProperties.json'), 'utf8')].map(
        parse,
      );
      if (definition === undefined || properties === undefined) continue;
      const files = { definition, properties };
      if (findingsOf(files).every((finding) => finding.severity === 'info')) found.push(files);
    }
  }
  return found;
}

function parse(text: string): Draft | undefined {
  try {
    return JSON.parse(text) as Draft;
  } catch {
    return undefined;
  }
}

/** A published definition broken in one way; undefined when there is nothing in it to break. */
function breakOne(breaking: Breaking, files: ConnectorDraft): Broken | undefined {
  try {
    return breakConnectors(breaking, [files], 1)[0];
  } catch {
    // The ways are made for our own connectors, and need not find their places in others.
    return undefined;
  }
}

it.skipIf(!existsSync(corpus))(
  'fires each rule, and nothing unrelated, in published definitions that are broken (needs ../shared/corpus)',
  () => {
    const clean = cleanPublished(20);
    const before = clean.map((files) => findingsOf(files));
    const wrong: string[] = [];
    let count = 0;
    for (const breaking of breakings) {
      const broken = breaking.isOwnOnly === true ? [] : clean.map((files) => breakOne(breaking, files));
      const expected = [breaking.code, ...(breaking.along ?? [])].sort().join(' ');
      for (const [index, one] of broken.entries()) {
        const isBrokenAlready = before[index]?.some((finding) => finding.code === breaking.code);
        if (one === undefined || isBrokenAlready === true) continue;
        count += 1;
        const added = addedCodes(before[index] ?? [], findingsOf(one.files)).join(' ');
        if (added !== expected) wrong.push(`${breaking.code} in ${index}: ${added}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(count).toBeGreaterThan(1000);
  },
  300_000,
);

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonValue } from '@patchbay/expression';
import { expect, it } from 'vitest';
import { findDialect } from './find-dialect.ts';

const corpus = join(import.meta.dirname, '../../../../../shared/corpus/flows');

/** Where a published definition was found, by what its collector noted; only what is certain. */
const expected: Readonly<Record<string, (path: string, dialect: string) => boolean>> = {
  arm: (_path, dialect) => dialect === 'none',
  'flow-package': (_path, dialect) => dialect === 'powerAutomate',
  // Folders named Workflows hold other things too.
  solution: (path, dialect) => dialect === 'powerAutomate' || path.endsWith('workflow.json'),
  standard: (_path, dialect) => dialect !== 'powerAutomate' && dialect !== 'consumption',
};

it.skipIf(!existsSync(corpus))('tells published definitions by what they hold (needs ../shared/corpus)', () => {
  const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  const wrong = files.filter((name) => {
    const document = JSON.parse(readFileSync(join(corpus, name), 'utf8')) as {
      readonly source: { readonly kind: string; readonly path: string };
      readonly definition: JsonValue;
    };
    const dialect = findDialect(document.definition) ?? 'none';
    return expected[document.source.kind]?.(document.source.path, dialect) === false;
  });
  expect(wrong).toEqual([]);
});

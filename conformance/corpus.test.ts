import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runConnectors } from './connectors.ts';
import { runExpressions } from './expressions.ts';

const corpus = join(import.meta.dirname, '../../shared/corpus');
const isMissing = !existsSync(corpus);

it.skipIf(isMissing)('gives what the table of expressions expects (needs ../shared/corpus)', async () => {
  const { failed, lines } = await runExpressions(join(corpus, 'expressions.json'));
  expect({ failed, lines: lines.filter((line) => line.startsWith('failed')) }).toEqual({ failed: 0, lines: [] });
});

it.skipIf(isMissing)('reads, compiles and binds every published connector (needs ../shared/corpus)', async () => {
  const { failed, lines } = await runConnectors(join(corpus, 'connectors'));
  expect({ failed, lines: lines.slice(0, -1) }).toEqual({ failed: 0, lines: [] });
});

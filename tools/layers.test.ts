import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { checkLayers } from './layers.ts';

function checkSources(sources: Record<string, string>): readonly string[] {
  const root = mkdtempSync(join(tmpdir(), 'patchbay-layers-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, 'packages'));
  mkdirSync(join(root, 'examples'));
  for (const [path, text] of Object.entries(sources)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return checkLayers(root).map(({ file, message }) => `${relative(root, file)}: ${message}`);
}

it('accepts an import that the table allows', () => {
  expect(
    checkSources({
      'packages/credential/src/a.ts': "import { createEgress } from '@patchbay/egress'; createEgress();",
    }),
  ).toEqual([]);
});

it('refuses an import against the direction', () => {
  expect(checkSources({ 'packages/egress/src/a.ts': "import { x } from '@patchbay/server'; x();" })).toEqual([
    'packages/egress/src/a.ts: "egress" may not know of "server"',
  ]);
});

it('refuses a re-export, a dynamic import and a type-only import against the direction', () => {
  expect(
    checkSources({
      'packages/definition/src/a.ts': "export { x } from '@patchbay/egress';",
      'packages/definition/src/b.ts': "export const x = () => import('@patchbay/store');",
      'packages/definition/src/c.ts': "import type { X } from '@patchbay/workflow'; export const x = (y: X) => y;",
    }),
  ).toEqual([
    'packages/definition/src/a.ts: "definition" may not know of "egress"',
    'packages/definition/src/b.ts: "definition" may not know of "store"',
    'packages/definition/src/c.ts: "definition" may not know of "workflow"',
  ]);
});

it('refuses a package that has no row', () => {
  expect(checkSources({ 'packages/utils/src/a.ts': 'export const a = 1;' })).toEqual([
    'packages/utils/src/a.ts: package "utils" has no row in the table',
  ]);
});

it('refuses to leave by any way but egress and to run text as code', () => {
  expect(
    checkSources({
      'packages/server/src/a.ts': "import { request } from 'undici'; request('http://x');",
      'packages/server/src/b.ts': "await fetch('http://x');",
      'packages/expression/src/c.ts': "export const f = new Function('return 1');",
      'packages/expression/src/d.ts': "import vm from 'node:vm'; vm.runInNewContext('1');",
    }),
  ).toEqual([
    'packages/expression/src/c.ts: Function() is for nobody only',
    'packages/expression/src/d.ts: "node:vm" is for nobody only',
    'packages/server/src/a.ts: "undici" is for "egress" only',
    'packages/server/src/b.ts: fetch() is for "portal" only',
  ]);
});

it('refuses a path into another package', () => {
  expect(
    checkSources({
      'packages/connector/src/a.ts': "import { b } from '../../definition/src/b.ts'; b();",
      'packages/definition/src/b.ts': 'export const b = () => 1;',
    }),
  ).toEqual(['packages/connector/src/a.ts: "../../definition/src/b.ts" reaches into another package; use its door']);
});

it('refuses a runtime import cycle and ignores a type-only one', () => {
  expect(
    checkSources({
      'packages/egress/src/a.ts': "import { b } from './b.ts'; export const a = () => b;",
      'packages/egress/src/b.ts': "import { a } from './a.ts'; export const b = () => a;",
      'packages/egress/src/c.ts': "import type { D } from './d.ts'; export type C = D;",
      'packages/egress/src/d.ts': "import type { C } from './c.ts'; export type D = C;",
    }),
  ).toEqual([
    'packages/egress/src/a.ts: import cycle: packages/egress/src/a.ts → packages/egress/src/b.ts → packages/egress/src/a.ts',
  ]);
});

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConnector } from '../read-connector.ts';
import { writeTypes } from './write-types.ts';

const corpus = join(import.meta.dirname, '../../../../../shared/corpus');
const compiler = join(import.meta.dirname, '../../../../node_modules/typescript/bin/tsc');
const options = { strict: true, noEmit: true, skipLibCheck: false, target: 'es2024', module: 'nodenext', types: [] };

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-types-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function compile(): string {
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['*.ts'] }));
  return spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' }).stdout;
}

function filesBelow(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesBelow(join(path, name)));
}

it.skipIf(!existsSync(corpus))(
  'writes types that compile, for every connector and OpenAPI document (needs ../shared/corpus)',
  () => {
    let count = 0;
    for (const file of ['connectors', 'openapi3'].flatMap((kind) => filesBelow(join(corpus, kind)))) {
      if (!/\.(json|ya?ml)$/i.test(file) || file.endsWith('apiProperties.json')) continue;
      const { model } = readConnector({ definition: { name: file, content: readFileSync(file) } });
      if (model === undefined) continue;
      count += 1;
      writeFileSync(join(folder, `connector-${count}.d.ts`), writeTypes(model));
    }
    expect(count).toBeGreaterThan(500);
    expect(compile()).toBe('');
  },
  180_000,
);

it('writes types that hold callers to what the connector takes', () => {
  const document = {
    swagger: '2.0',
    info: { title: 'Loans', version: '1' },
    host: 'api.test',
    paths: {
      '/loans': {
        get: {
          operationId: 'Find',
          parameters: [{ name: 'size', in: 'query', required: true, type: 'integer' }],
          responses: {
            200: { description: '', schema: { type: 'object', properties: { title: { type: 'string' } } } },
          },
        },
      },
    },
  };
  const { model } = readConnector({ definition: { name: 'd', content: JSON.stringify(document) } });
  writeFileSync(join(folder, 'loans.d.ts'), model === undefined ? '' : writeTypes(model));
  writeFileSync(
    join(folder, 'use.ts'),
    [
      `import type { Actions } from './loans.d.ts';`,
      `export const good: Actions['Find']['parameters'] = { size: 1 };`,
      `export const bad: Actions['Find']['parameters'] = { size: 'big' };`,
      `export const title = (loan: Actions['Find']['result']): string | undefined => loan.title;`,
    ].join('\n'),
  );
  expect(compile().replace(/^.*use\.ts/, 'use.ts')).toBe(
    "use.ts(3,53): error TS2322: Type 'string' is not assignable to type 'number'.\n",
  );
});

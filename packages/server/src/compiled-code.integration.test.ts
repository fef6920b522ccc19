import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';

const program = fileURLToPath(new URL('./test-process/load-with-cache.ts', import.meta.url));

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-code-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

async function load(dataFolder: string): Promise<void> {
  const { NODE_COMPILE_CACHE: _, ...environment } = process.env;
  await promisify(execFile)(process.execPath, [program], { env: { ...environment, PATCHBAY_DATA: dataFolder } });
}

it('keeps what was compiled in a folder that its owner alone may read', async () => {
  const data = temporaryFolder();
  await load(data);
  const folder = join(data, 'compiled-code');
  const [version = ''] = readdirSync(folder);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(readdirSync(join(folder, version)).length).toBeGreaterThan(10);
});

it('drops what another version of Node left', async () => {
  const data = temporaryFolder();
  mkdirSync(join(data, 'compiled-code', 'v1'), { recursive: true, mode: 0o700 });
  await load(data);
  expect(readdirSync(join(data, 'compiled-code'))).toEqual([expect.not.stringMatching(/^v1$/)]);
});

it('uses no folder that others may write', async () => {
  const data = temporaryFolder();
  mkdirSync(join(data, 'compiled-code'));
  chmodSync(join(data, 'compiled-code'), 0o777);
  await load(data);
  expect(readdirSync(join(data, 'compiled-code'))).toEqual([]);
});

it('makes no data folder of its own', async () => {
  const data = join(temporaryFolder(), 'missing');
  await load(data);
  expect(existsSync(data)).toBe(false);
});

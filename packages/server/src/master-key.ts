import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { generateMasterKey, parseMasterKey } from '@patchbay/credential';

/** Reads the master key; makes one, readable by the owner only, when there is no file yet. */
export async function loadMasterKey(file: string): Promise<Uint8Array> {
  try {
    return parseMasterKey(await readFile(file, 'utf8'));
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  // Of two processes that start at once one wins, and both read what it wrote.
  await writeFile(file, generateMasterKey(), { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
  return parseMasterKey(await readFile(file, 'utf8'));
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

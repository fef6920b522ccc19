import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { constants, enableCompileCache, getCompileCacheDir } from 'node:module';
import { basename, join, resolve } from 'node:path';

/**
 * Keeps compiled code in the data folder, from the second start on: what has not changed is not compiled again. It is written when the
 * process ends. A folder that others may write is not used, because what is in it is run.
 */
export function keepCompiledCode(environment: NodeJS.ProcessEnv): void {
  const folder = join(resolve(environment['PATCHBAY_DATA'] || './data'), 'compiled-code');
  if (!isOwnFolder(folder)) return;
  const { status } = enableCompileCache(folder);
  if (status === constants.compileCacheStatus.ENABLED) dropOthers(folder, getCompileCacheDir());
}

/** Makes the folder where the data folder is there. What is wrong with that one, the start says soon. */
function isOwnFolder(path: string): boolean {
  try {
    if (statSync(path, { throwIfNoEntry: false }) === undefined) mkdirSync(path, { mode: 0o700 });
    const { uid, mode } = statSync(path);
    return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
  } catch {
    return false;
  }
}

/** What another version of Node has left. */
function dropOthers(folder: string, used: string | undefined): void {
  if (used === undefined) return;
  try {
    for (const name of readdirSync(folder)) {
      if (name !== basename(used)) rmSync(join(folder, name), { recursive: true, force: true });
    }
  } catch {
    // A start is not worth less for a folder that could not be tidied.
  }
}

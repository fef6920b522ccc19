import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { ConfigurationError } from './configuration/configuration-error.ts';

/** Sees to it that the data folder is there and takes files. Throws {@link ConfigurationError} with the reason when it does not. */
export async function openDataFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await access(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new ConfigurationError(
      `PATCHBAY_DATA is "${path}", which cannot be used: ${reasonOf(error)}. Choose another folder: PATCHBAY_DATA=./data npm start`,
      { cause: error },
    );
  }
}

function reasonOf(error: unknown): string {
  switch (error instanceof Error && 'code' in error ? error.code : undefined) {
    case 'EACCES':
    case 'EPERM':
      return 'this user may not write there';
    case 'EROFS':
      return 'the file system is read-only';
    case 'EEXIST':
    case 'ENOTDIR':
      return 'a file is in the way';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

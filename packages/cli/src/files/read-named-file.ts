import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CommandError, type Terminal } from '../terminal.ts';

/** Reads a file that a person named; ends the command when it cannot be read. */
export async function readNamedFile(terminal: Terminal, name: string): Promise<Uint8Array> {
  try {
    return await readFile(resolve(terminal.workingFolder, name));
  } catch (error) {
    throw unreadable(name, error);
  }
}

/** Why a file or folder could not be read, in words. */
export function unreadable(name: string, error: unknown): CommandError {
  return new CommandError(2, `${name} ${describe(error)}`, { cause: error });
}

export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';
}

function describe(error: unknown): string {
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'does not exist.';
    case 'EISDIR':
      return 'is a folder; give a file.';
    case 'EACCES':
    case 'EPERM':
      return 'may not be read by this user.';
    default:
      return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CommandError, type Terminal } from '../terminal.ts';

/** Writes files of a connector into a folder: their paths. Without leave to replace, one that is there is kept and nothing is written. */
export async function writeConnectorFolder(
  terminal: Terminal,
  folder: string,
  files: { readonly [name: string]: string },
  isReplacing: boolean,
): Promise<readonly string[]> {
  const written: string[] = [];
  try {
    await mkdir(resolve(terminal.workingFolder, folder), { recursive: true });
    for (const [name, content] of Object.entries(files)) {
      await writeFile(resolve(terminal.workingFolder, folder, name), content, { flag: isReplacing ? 'w' : 'wx' });
      written.push(join(folder, name));
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new CommandError(2, `${folder} holds a connector. Give another folder, or --replace to write over it.`);
    }
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError(2, `${folder} cannot be written: ${why}`, { cause: error });
  }
  return written;
}

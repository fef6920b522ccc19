import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { writeZip } from '@patchbay/definition';
import { type FlowFile, fileText } from '@patchbay/workflow';
import { CommandError, type Terminal } from '../terminal.ts';

/**
 * Writes the files of a flow: into an archive when `out` ends with `.zip`, a single one into a file when it ends with `.json`, else into a folder.
 * Answers their paths. Without leave to replace, nothing is written over.
 */
export async function writeFlowFiles(
  terminal: Terminal,
  out: string,
  files: readonly FlowFile[],
  isReplacing: boolean,
): Promise<readonly string[]> {
  const all = placed(out, files);
  const written: string[] = [];
  try {
    for (const [path, content] of all) {
      const at = resolve(terminal.workingFolder, path);
      await mkdir(dirname(at), { recursive: true });
      await writeFile(at, content, { flag: isReplacing ? 'w' : 'wx' });
      written.push(path);
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new CommandError(2, `${out} is there already. Give another place, or --replace to write over it.`);
    }
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError(2, `${out} cannot be written: ${why}`, { cause: error });
  }
  return written;
}

function placed(out: string, files: readonly FlowFile[]): readonly (readonly [string, string | Uint8Array])[] {
  if (/\.zip$/i.test(out)) {
    return [[out, writeZip(Object.fromEntries(files.map((file) => [file.name, fileText(file)])))]];
  }
  const [only, ...others] = files;
  if (/\.json$/i.test(out)) {
    if (only !== undefined && others.length === 0) return [[out, fileText(only)]];
    throw new CommandError(2, `This form has ${files.length} files: give a folder or a name that ends with .zip.`);
  }
  return files.map((file) => [join(out, file.name), fileText(file)]);
}

import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  type ConnectorDocuments,
  definitionName,
  type JsonObject,
  propertiesName,
  readJsonFile,
  writeText,
} from '@patchbay/definition';
import { CommandError, type Terminal } from '../terminal.ts';
import { isMissing, readNamedFile } from './read-named-file.ts';

/** Where a folder keeps what was imported last, as it was written then: what edits are told by at the next import. */
const importedFolder = '.patchbay/imported';

/** The connector of a folder, and what it was imported as, as far as there are such. */
export type ImportFolder = { readonly current?: ConnectorDocuments; readonly imported?: ConnectorDocuments };

export async function readImportFolder(terminal: Terminal, folder: string): Promise<ImportFolder> {
  const [current, imported] = [
    await readDocuments(terminal, folder),
    await readDocuments(terminal, join(folder, importedFolder)),
  ];
  return { ...(current !== undefined && { current }), ...(imported !== undefined && { imported }) };
}

/** Writes a connector into a folder, and beside it what was imported. */
export async function writeImportFolder(
  terminal: Terminal,
  folder: string,
  connector: ConnectorDocuments,
  imported: ConnectorDocuments,
): Promise<readonly string[]> {
  const written = await writeDocuments(terminal, folder, connector);
  await writeDocuments(terminal, join(folder, importedFolder), imported);
  return written;
}

async function writeDocuments(
  terminal: Terminal,
  folder: string,
  { definition, properties }: ConnectorDocuments,
): Promise<readonly string[]> {
  const written: string[] = [];
  try {
    await mkdir(resolve(terminal.workingFolder, folder), { recursive: true });
    for (const [name, document] of [
      [definitionName, definition],
      [propertiesName, properties],
    ] as const) {
      await writeFile(resolve(terminal.workingFolder, folder, name), writeText(document));
      written.push(join(folder, name));
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError(2, `${folder} cannot be written: ${why}`, { cause: error });
  }
  return written;
}

async function readDocuments(terminal: Terminal, folder: string): Promise<ConnectorDocuments | undefined> {
  const definition = await readDocument(terminal, join(folder, definitionName));
  if (definition === undefined) return undefined;
  return { definition, properties: (await readDocument(terminal, join(folder, propertiesName))) ?? {} };
}

async function readDocument(terminal: Terminal, path: string): Promise<JsonObject | undefined> {
  try {
    const { root } = readJsonFile({ name: path, content: await readNamedFile(terminal, path) });
    if (typeof root === 'object' && root !== null && !Array.isArray(root)) return root as JsonObject;
    throw new CommandError(2, `${path} holds no JSON object, so nothing can be imported over it. Mend or remove it.`);
  } catch (error) {
    if (error instanceof CommandError && isMissing(error.cause)) return undefined;
    throw error;
  }
}

import { readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type ConnectorFiles, definitionName, propertiesName, type SourceFile } from '@patchbay/definition';
import { CommandError, type Terminal } from '../terminal.ts';
import { isMissing, readNamedFile, unreadable } from './read-named-file.ts';

/** Reads a connector's files: a folder with `apiDefinition.swagger.json`, or a definition file, and `apiProperties.json` beside it. */
export async function readConnectorFiles(terminal: Terminal, path: string): Promise<ConnectorFiles> {
  const definitionPath = (await isFolder(terminal, path)) ? await findDefinition(terminal, path) : path;
  const definition = await readSource(terminal, definitionPath);
  const properties = await readProperties(terminal, join(dirname(definitionPath), propertiesName));
  return properties === undefined ? { definition } : { definition, properties };
}

async function isFolder(terminal: Terminal, path: string): Promise<boolean> {
  try {
    return (await stat(resolve(terminal.workingFolder, path))).isDirectory();
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function findDefinition(terminal: Terminal, folder: string): Promise<string> {
  const names = await readdir(resolve(terminal.workingFolder, folder));
  if (names.includes(definitionName)) return join(folder, definitionName);
  const candidates = names.filter((name) => /\.(swagger|openapi)\.json$/i.test(name));
  if (candidates.length === 1 && candidates[0] !== undefined) return join(folder, candidates[0]);
  throw new CommandError(
    2,
    `${folder} holds no ${definitionName}. Give the folder of a connector, or a definition file.`,
  );
}

async function readProperties(terminal: Terminal, path: string): Promise<SourceFile | undefined> {
  try {
    return await readSource(terminal, path);
  } catch (error) {
    if (error instanceof CommandError && isMissing(error.cause)) return undefined;
    throw error;
  }
}

async function readSource(terminal: Terminal, path: string): Promise<SourceFile> {
  return { name: path, content: await readNamedFile(terminal, path) };
}

import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { type ConnectorFiles, type ConnectorModel, readConnector, type SourceFile } from '@patchbay/definition';
import { messageOf } from './json-argument.ts';
import { CommandError, type Terminal } from './terminal.ts';

const definitionName = 'apiDefinition.swagger.json';
const propertiesName = 'apiProperties.json';

/** Reads a connector's files: a folder with `apiDefinition.swagger.json`, or a definition file with `apiProperties.json` beside it. */
export async function readConnectorFiles(terminal: Terminal, path: string): Promise<ConnectorFiles> {
  const full = resolve(terminal.workingFolder, path);
  const isFolder = await stat(full).then(
    (stats) => stats.isDirectory(),
    (error: unknown) => {
      throw new CommandError(2, `Cannot read ${path}: ${messageOf(error)}`, { cause: error });
    },
  );
  const definitionPath = isFolder ? await findDefinition(full, path) : full;
  const definition = await readSource(terminal, definitionPath);
  const properties = await readSource(terminal, join(dirname(definitionPath), propertiesName)).catch(() => undefined);
  return properties === undefined ? { definition } : { definition, properties };
}

/** Reads and requires a connector: findings that make it unreadable end the command. */
export async function loadConnector(terminal: Terminal, path: string): Promise<ConnectorModel> {
  const { model, findings } = readConnector(await readConnectorFiles(terminal, path));
  if (model !== undefined) return model;
  const first = findings.find((finding) => finding.severity === 'error');
  const where = first === undefined ? path : `${first.source}:${first.line}:${first.column}`;
  throw new CommandError(2, `${where}: ${first?.message ?? 'the definition could not be read'}`);
}

async function findDefinition(folder: string, shown: string): Promise<string> {
  const names = await readdir(folder);
  if (names.includes(definitionName)) return join(folder, definitionName);
  const candidates = names.filter((name) => /\.(swagger|openapi)\.json$/i.test(name));
  if (candidates.length === 1 && candidates[0] !== undefined) return join(folder, candidates[0]);
  throw new CommandError(
    2,
    `${shown} holds no ${definitionName}. Give the folder of a connector, or a definition file.`,
  );
}

async function readSource(terminal: Terminal, path: string): Promise<SourceFile> {
  try {
    return { name: relative(terminal.workingFolder, path) || basename(path), content: await readFile(path) };
  } catch (error) {
    throw new CommandError(2, `Cannot read ${path}: ${messageOf(error)}`, { cause: error });
  }
}

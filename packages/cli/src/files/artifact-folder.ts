import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { type Artifact, type ArtifactKind, type ArtifactSource, chooseArtifact } from '@patchbay/workflow';
import { CommandError, type Terminal } from '../terminal.ts';
import { isMissing, unreadable } from './read-named-file.ts';

/** Folders of a Standard project's `Artifacts` (lower case) → what is in them. */
const folders: { readonly [name: string]: ArtifactKind } = {
  maps: 'map',
  schemas: 'schema',
  partners: 'partner',
  agreements: 'agreement',
};
const extensions = new Set(['.xsd', '.xslt', '.xsl', '.liquid', '.json', '.xml', '.txt', '']);

/**
 * The schemas and maps of a folder as a Standard project has it: `Artifacts/Maps`, `Artifacts/Schemas`, given as the project or as its `Artifacts`.
 * Ends the command when there is no such folder.
 */
export async function openArtifactFolder(terminal: Terminal, path: string): Promise<ArtifactSource> {
  const kept = await readArtifactFolder(terminal, path);
  return {
    findArtifact: async (_environmentId, kind, name) =>
      chooseArtifact(
        kept.filter((artifact) => artifact.kind === kind),
        name,
      ),
  };
}

/** Everything that is in such a folder, at least one artifact. */
export async function readArtifactFolder(terminal: Terminal, path: string): Promise<readonly Artifact[]> {
  const given = resolve(terminal.workingFolder, path);
  const names = await namesIn(given, path);
  const project = names.find((name) => name.toLowerCase() === 'artifacts');
  const root = project === undefined ? given : join(given, project);
  const inside = project === undefined ? names : await namesIn(root, path);
  const kept: Artifact[] = [];
  for (const name of inside) {
    const kind = Object.hasOwn(folders, name.toLowerCase()) ? folders[name.toLowerCase()] : undefined;
    if (kind !== undefined) kept.push(...(await readKind(join(root, name), join(path, name), kind)));
  }
  if (kept.length === 0) {
    throw new CommandError(
      2,
      `${path} holds no artifacts. Give a folder with Maps and Schemas, or a project whose Artifacts folder has them.`,
    );
  }
  return kept;
}

async function namesIn(folder: string, shown: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).toSorted();
  } catch (error) {
    if (isMissing(error)) throw new CommandError(2, `${shown} is no folder.`, { cause: error });
    throw unreadable(shown, error);
  }
}

async function readKind(folder: string, shown: string, kind: ArtifactKind): Promise<readonly Artifact[]> {
  const artifacts: Artifact[] = [];
  for (const name of await namesIn(folder, shown)) {
    const file = join(folder, name);
    if (!extensions.has(extname(name).toLowerCase()) || !(await stat(file)).isFile()) continue;
    artifacts.push({ kind, name, contentType: 'text/plain', content: decode(await readFile(file)) });
  }
  return artifacts;
}

/** Editors of schemas like to save UTF-16; its mark says so. */
function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return Buffer.from(bytes.subarray(2)).swap16().toString('utf16le');
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

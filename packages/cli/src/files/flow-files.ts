import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type Finding, type JsonFile, readJsonFile, readNestedZip, type SourceFile } from '@patchbay/definition';
import { type FlowFile, isFileOfFlows } from '@patchbay/workflow';
import { CommandError, type Terminal } from '../terminal.ts';
import { isMissing, readNamedFile, unreadable } from './read-named-file.ts';

/** The files of flows that a person named, and where things stand in them. */
export type FlowFiles = {
  readonly files: readonly FlowFile[];
  /** Those that are JSON, by name. */
  readonly json: ReadonlyMap<string, JsonFile>;
  readonly findings: readonly Finding[];
};

const maximumFiles = 5_000;

/** Folders that hold no flows and many files. */
const passedOver: ReadonlySet<string> = new Set(['.git', 'node_modules', 'bin', 'obj']);

/** What belongs to a workflow of a Standard project, from its own folder. */
const ofProject = ['connections.json', 'parameters.json', 'local.settings.json'];

/** Reads a file, with what belongs to it beside it, a folder, or an archive. Ends the command when it cannot be read. */
export async function readFlowFiles(terminal: Terminal, path: string): Promise<FlowFiles> {
  if (await isFolder(terminal, path)) return open(await readFolder(terminal, path));
  const content = await readNamedFile(terminal, path);
  if (isZip(content)) {
    const { files, problem } = readNestedZip(content, isFileOfFlows);
    const opened = open(files.map(inArchive(path)));
    if (problem === undefined) return opened;
    const message = `The zip archive cannot be read whole: ${problem}.`;
    const finding: Finding = {
      code: 'package-unreadable',
      severity: 'error',
      message,
      source: path,
      pointer: '',
      line: 1,
      column: 1,
    };
    return { ...opened, findings: [finding, ...opened.findings] };
  }
  const isWorkflow = /^workflow\.json$/i.test(basename(path));
  const name = isWorkflow
    ? `${basename(dirname(resolve(terminal.workingFolder, path)))}/workflow.json`
    : basename(path);
  return open([{ name, shown: path, content }, ...(await readCompanions(terminal, path, isWorkflow))]);
}

/** Some tools write archives with `\\` between folders. */
function inArchive(path: string): (file: SourceFile) => NamedFile {
  return ({ name, content }) => {
    const portable = name.replaceAll('\\', '/');
    return { name: portable, shown: join(path, portable), content };
  };
}

function isZip(content: Uint8Array): boolean {
  return content[0] === 0x50 && content[1] === 0x4b && content[2] === 3 && content[3] === 4;
}

/** A file by its name among those that are read together, and by the one that findings give it. */
type NamedFile = SourceFile & { readonly shown: string };

function open(sources: readonly NamedFile[]): FlowFiles {
  const files: FlowFile[] = [];
  const json = new Map<string, JsonFile>();
  const findings: Finding[] = [];
  for (const { name, shown, content } of sources) {
    if (/\.xml$/i.test(name)) {
      const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
      files.push({ kind: 'text', name, text });
      continue;
    }
    const file = readJsonFile({ name: shown, content });
    json.set(name, file);
    findings.push(...file.findings);
    if (file.root !== undefined) files.push({ kind: 'json', name, root: file.root });
  }
  return { files, json, findings };
}

async function isFolder(terminal: Terminal, path: string): Promise<boolean> {
  try {
    return (await stat(resolve(terminal.workingFolder, path))).isDirectory();
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Every file of a folder that may belong to a flow, by its path in it. */
async function readFolder(terminal: Terminal, folder: string): Promise<readonly NamedFile[]> {
  const names: string[] = [];
  const open = [''];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const entries = await readdir(resolve(terminal.workingFolder, folder, at), { withFileTypes: true });
    for (const entry of entries.toSorted((left, right) => (left.name < right.name ? -1 : 1))) {
      const name = at === '' ? entry.name : `${at}/${entry.name}`;
      if (entry.isDirectory() && !passedOver.has(entry.name)) open.push(name);
      else if (entry.isFile() && isFileOfFlows(name)) names.push(name);
    }
    if (names.length + open.length > maximumFiles) {
      throw new CommandError(
        2,
        `${folder} holds more than ${maximumFiles} files. Give the folder of the flows itself.`,
      );
    }
  }
  const sorted = names.toSorted();
  return Promise.all(
    sorted.map(async (name) => {
      const shown = join(folder, name);
      return { name, shown, content: await readNamedFile(terminal, shown) };
    }),
  );
}

/** A project's own files beside a workflow, or the values of a template's parameters. */
async function readCompanions(terminal: Terminal, path: string, isWorkflow: boolean): Promise<readonly NamedFile[]> {
  const values = path.replace(/\.json$/i, '.parameters.json');
  const alone = values === path ? [] : [{ name: basename(values), shown: values }];
  const wanted = isWorkflow
    ? ofProject.map((name) => ({ name, shown: join(dirname(resolve(terminal.workingFolder, path)), '..', name) }))
    : alone;
  const found: NamedFile[] = [];
  for (const { name, shown } of wanted) {
    if (await isFile(terminal, shown)) found.push({ name, shown, content: await readNamedFile(terminal, shown) });
  }
  return found;
}

async function isFile(terminal: Terminal, path: string): Promise<boolean> {
  try {
    return (await stat(resolve(terminal.workingFolder, path))).isFile();
  } catch (error) {
    if (isMissing(error)) return false;
    throw unreadable(path, error);
  }
}

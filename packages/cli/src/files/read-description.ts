import {
  type ConnectorFiles,
  type ConnectorModel,
  type ReadResult,
  readConnector,
  referredFiles,
  type SourceFile,
} from '@patchbay/definition';
import { type Egress, EgressError } from '@patchbay/egress';
import { networkRules } from '../outbound.ts';
import { CommandError, type Terminal } from '../terminal.ts';
import { readConnectorFiles } from './connector-files.ts';
import { readNamedFile } from './read-named-file.ts';

/** A description of more files than this is none. */
const maxFiles = 1000;
const maxFileBytes = 64 * 1024 * 1024;

/** What reading a description may touch. */
export type DescriptionPlace = { readonly terminal: Terminal; readonly egress: Egress };

/**
 * Reads a description that a person named, as a file, a folder, an address or `-` for standard input, with the files that it refers
 * to and those that they refer to. A file that is referred to and is not there is left out: the reader says so at its place.
 */
export async function readDescription(place: DescriptionPlace, name: string): Promise<ConnectorFiles> {
  const files = await readNamed(place, name);
  const others = await readReferred(place, files.definition);
  return others.length === 0 ? files : { ...files, others };
}

/** Reads and requires a connector: findings that make it unreadable end the command. */
export async function loadConnector(place: DescriptionPlace, path: string): Promise<ConnectorModel> {
  return requireModel(path, readConnector(await readDescription(place, path)));
}

export function requireModel(path: string, { model, findings }: ReadResult): ConnectorModel {
  if (model !== undefined) return model;
  const first = findings.find((finding) => finding.severity === 'error');
  const where = first === undefined ? path : `${first.source}:${first.line}:${first.column}`;
  throw new CommandError(2, `${where}: ${first?.message ?? 'the description could not be read'}`);
}

async function readNamed(place: DescriptionPlace, name: string): Promise<ConnectorFiles> {
  const { terminal } = place;
  if (name === '-') return { definition: { name: 'standard input', content: await terminal.readStdin() } };
  if (!isAddress(name)) return readConnectorFiles(terminal, name);
  try {
    return { definition: { name, content: await download(place, name) } };
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    throw new CommandError(3, `${name} could not be fetched: ${error.message}`, { cause: error });
  }
}

/** The files that a file refers to, and what those refer to, each once. */
async function readReferred(place: DescriptionPlace, file: SourceFile): Promise<readonly SourceFile[]> {
  const found = new Map<string, SourceFile>();
  const seen = new Set([file.name]);
  const waiting = [...referredFiles(file)];
  for (let name = waiting.shift(); name !== undefined && found.size < maxFiles; name = waiting.shift()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const other = await readOther(place, file.name, name);
    if (other === undefined) continue;
    found.set(name, other);
    waiting.push(...referredFiles(other));
  }
  return [...found.values()];
}

async function readOther(place: DescriptionPlace, from: string, name: string): Promise<SourceFile | undefined> {
  try {
    if (isAddress(name)) return { name, content: await download(place, name) };
    // What came from elsewhere does not get to read this machine's files.
    return isAddress(from) ? undefined : { name, content: await readNamedFile(place.terminal, name) };
  } catch (error) {
    if (error instanceof EgressError || error instanceof CommandError) return undefined;
    throw error;
  }
}

async function download({ terminal, egress }: DescriptionPlace, url: string): Promise<Uint8Array> {
  const request = {
    method: 'GET',
    url,
    headers: { accept: '*/*' },
    maxResponseBytes: maxFileBytes,
    signal: terminal.signal,
  };
  const response = await egress.send(request, networkRules);
  if (response.status === 200) return response.bytes();
  await response.discard();
  throw new CommandError(3, `${url} answered ${response.status} instead of the description.`);
}

function isAddress(name: string): boolean {
  return /^https?:\/\//i.test(name);
}

import { join } from 'node:path';
import {
  type Conflict,
  type DescriptionFormat,
  type Loss,
  mergeConnector,
  type ReadOptions,
  type ReadResult,
  readConnector,
  writeConnector,
} from '@patchbay/definition';
import { type Command, formatOption, type Invocation, isJson, printJson, text } from '../command.ts';
import { readImportFolder, writeImportFolder } from '../files/import-folder.ts';
import { readDescription } from '../files/read-description.ts';
import { printFindings } from '../findings.ts';
import { CommandError, type Terminal } from '../terminal.ts';

/** What `--from` calls formats. */
const families: Readonly<Record<string, readonly string[]>> = {
  openapi: ['swagger2', 'openapi3'],
  postman: ['postman'],
  wsdl: ['wsdl'],
  curl: ['curl'],
  har: ['har'],
};

type Import = {
  readonly source: string;
  readonly format: DescriptionFormat | undefined;
  readonly operations: number;
  readonly written: readonly string[];
  readonly losses: readonly Loss[];
  readonly conflicts: readonly Conflict[];
  readonly findings: ReadResult['findings'];
};

/** Exit code 1 says that the description has errors, or that edits and the new description disagree. */
export const connectorImport: Command = {
  name: 'connector import',
  summary: 'make a connector of a description, or bring a changed one into a connector that was edited',
  arguments: [{ notation: '<source>', summary: 'a file, a folder, an address, or - for standard input' }],
  options: [
    { notation: '--out <dir>', summary: "the connector's folder", isRequired: true },
    { notation: '--from <format>', summary: `refuse anything but: ${Object.keys(families).join(', ')}` },
    { notation: '--soap-port <name>', summary: 'of a WSDL with several ports, the one to call' },
    { notation: '--pass-through', summary: 'of a WSDL, actions that take and answer the XML itself instead of JSON' },
    { notation: '--replace', summary: 'write over a connector that is there, edits and all' },
    formatOption,
  ],
  async run(invocation) {
    const { terminal, egress } = invocation;
    const source = invocation.arguments[0] ?? '-';
    const read = readConnector(await readDescription({ terminal, egress }, source), soapOptions(invocation));
    if (read.model === undefined) {
      printFindings(terminal.err, read.findings);
      throw new CommandError(2, `${source} could not be read, so nothing was written.`);
    }
    checkFormat(text(invocation, 'from'), read.format);
    const made = writeConnector(read.model);
    const folder = text(invocation, 'out') ?? '.';
    const { conflicts, written } = await bringIn(invocation, folder, made);
    const result: Import = {
      source,
      format: read.format,
      operations: read.model.operations.length,
      written,
      losses: [...read.losses, ...made.losses.map((loss) => ({ ...loss, source: join(folder, loss.source) }))],
      conflicts,
      findings: read.findings,
    };
    if (isJson(invocation)) printJson(terminal, result);
    else print(terminal, result);
    const hasErrors = read.findings.some(({ severity }) => severity === 'error');
    return hasErrors || conflicts.length > 0 ? 1 : 0;
  },
};

function soapOptions(invocation: Invocation): ReadOptions {
  const port = text(invocation, 'soapPort');
  return {
    soapMode: invocation.options['passThrough'] === true ? 'passThrough' : 'rest',
    ...(port !== undefined && { soapPort: port }),
  };
}

function checkFormat(wanted: string | undefined, format: DescriptionFormat | undefined): void {
  if (wanted === undefined) return;
  const family = Object.hasOwn(families, wanted) ? families[wanted] : undefined;
  if (family === undefined) {
    throw new CommandError(2, `--from is one of ${Object.keys(families).join(', ')}, not "${wanted}".`);
  }
  if (format === undefined || family.includes(format)) return;
  throw new CommandError(2, `The description is ${format}, not ${wanted}. Leave --from out to read it all the same.`);
}

/** Writes a new connector, or merges it into the one that is there by what that was imported as. */
async function bringIn(
  { terminal, options }: Invocation,
  folder: string,
  made: ReturnType<typeof writeConnector>,
): Promise<{ readonly conflicts: readonly Conflict[]; readonly written: readonly string[] }> {
  const { current, imported } = await readImportFolder(terminal, folder);
  if (current === undefined || options['replace'] === true) {
    return { conflicts: [], written: await writeImportFolder(terminal, folder, made, made) };
  }
  if (imported === undefined) {
    throw new CommandError(
      2,
      `${folder} holds a connector that was not imported, so there is no telling its edits from the description. Give another folder, or --replace to write over it.`,
    );
  }
  const merged = mergeConnector(imported, current, made);
  const written = await writeImportFolder(terminal, folder, merged, made);
  return { conflicts: merged.conflicts, written };
}

function print(terminal: Terminal, result: Import): void {
  printFindings(
    terminal.out,
    result.findings.filter(({ severity }) => severity !== 'info'),
  );
  for (const { kind, source, line, column, message } of result.losses) {
    terminal.out(`${source}:${line}:${column} ${kind}\n    ${message}\n`);
  }
  for (const { kind, pointer, mine, theirs } of result.conflicts) {
    terminal.out(`${pointer} ${kind}\n    yours:  ${shown(mine)}\n    theirs: ${shown(theirs)}\n`);
  }
  const count = `${result.operations} ${result.operations === 1 ? 'operation' : 'operations'}`;
  terminal.out(`${result.source}: ${result.format ?? 'read'}, ${count}, written to ${result.written.join(' and ')}\n`);
  if (result.conflicts.length > 0) {
    terminal.out('Where both changed, yours was kept: look at the places above.\n');
  }
}

function shown(value: Conflict['mine']): string {
  return value === undefined ? '(removed)' : JSON.stringify(value);
}

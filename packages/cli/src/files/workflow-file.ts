import type { Finding, JsonFile } from '@patchbay/definition';
import {
  type CompileOptions,
  compileDefinition,
  type FlowDocument,
  readFlows,
  runnableFlow,
  type WorkflowFile,
} from '@patchbay/workflow';
import { CommandError, type Terminal } from '../terminal.ts';
import { readFlowFiles } from './flow-files.ts';

/** Something about a definition, with a pointer into it. */
type DefinitionFinding = {
  readonly code: string;
  readonly severity?: 'error' | 'warning';
  readonly message: string;
  readonly pointer: string;
};

/** A flow of a file, folder or archive, and where things of its definition stand. */
export type OpenedWorkflow = {
  readonly document: FlowDocument;
  readonly file: WorkflowFile;
  /** A finding about the definition as one about the file that holds it. */
  readonly locate: (finding: DefinitionFinding) => Finding;
};

export type OpenedWorkflows = {
  readonly flows: readonly OpenedWorkflow[];
  /** What there is to say about the files themselves. */
  readonly findings: readonly Finding[];
};

/** Opens a file, folder or archive with flows of any form; ends the command only when there is none. */
export async function openWorkflows(terminal: Terminal, path: string): Promise<OpenedWorkflows> {
  const { files, json, findings } = await readFlowFiles(terminal, path);
  const isRead = files.length > 0 || findings.every(({ severity }) => severity !== 'error');
  const read = isRead ? readFlows(files) : { flows: [], findings: [] };
  const about = read.findings.map(({ code, severity, message, file, pointer }) => ({
    code,
    severity,
    message,
    ...placeIn(json.get(file), path, pointer),
  }));
  const flows = read.flows.map((document): OpenedWorkflow => {
    const { file, pointer: start } = document.place;
    return {
      document,
      file: runnableFlow(document),
      locate: ({ code, severity = 'error', message, pointer }) => ({
        code,
        severity,
        message,
        ...placeIn(json.get(file), path, `${start}${pointer}`),
      }),
    };
  });
  return { flows, findings: [...findings, ...about] };
}

/** Opens what holds flows, and requires one: the only one, or that of a name or id. */
export async function loadWorkflow(
  terminal: Terminal,
  path: string,
  name?: string,
): Promise<OpenedWorkflow & OpenedWorkflows> {
  const opened = await openWorkflows(terminal, path);
  const { flows, findings } = opened;
  const [first] = findings.filter(({ severity }) => severity === 'error');
  if (flows.length === 0)
    throw new CommandError(2, `${first?.source ?? path}:${first?.line ?? 1}:${first?.column ?? 1}: ${first?.message}`);
  const meant = name === undefined ? flows : flows.filter(({ document }) => isCalled(document, name));
  const [only] = meant;
  if (only !== undefined && meant.length === 1) return { ...only, ...opened };
  const names = flows.map(({ document }) => `"${document.name}"`).join(', ');
  const problem = name === undefined ? `holds ${flows.length} flows` : `has not exactly one flow "${name}"`;
  throw new CommandError(2, `${path} ${problem}: name one of ${names} with --flow.`);
}

/** What there is to say about a flow, when connections of these names are there besides its own. */
export function checkWorkflow(
  { file, locate }: OpenedWorkflow,
  connections: readonly string[],
  findConnector?: CompileOptions['findConnector'],
): readonly Finding[] {
  const { definition, connectionReferences, dialect, parameters } = file;
  const options = {
    parameterNames: Object.keys(parameters),
    connectionReferences: [...Object.keys(connectionReferences), ...connections],
    ...(findConnector !== undefined && { findConnector }),
    ...(dialect !== undefined && { dialect }),
  };
  return compileDefinition(definition, options).findings.map(locate);
}

/** Whether a flow is meant by a name, or by its id. */
export function isCalled({ name, id }: FlowDocument, wanted: string): boolean {
  return [name, id].some((one) => one?.toLowerCase() === wanted.toLowerCase());
}

function placeIn(
  json: JsonFile | undefined,
  source: string,
  pointer: string,
): Omit<Finding, 'code' | 'severity' | 'message'> {
  return json?.locate(pointer) ?? { source, pointer, line: 1, column: 1 };
}

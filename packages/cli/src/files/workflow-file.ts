import { type Finding, type JsonFile, type JsonValue, readJsonFile } from '@patchbay/definition';
import { readWorkflowFile, type WorkflowFile } from '@patchbay/workflow';
import { CommandError, type Terminal } from '../terminal.ts';
import { readNamedFile } from './read-named-file.ts';

/** Something about a definition, with a pointer into it. */
type DefinitionFinding = {
  readonly code: string;
  readonly severity?: 'error' | 'warning';
  readonly message: string;
  readonly pointer: string;
};

/** A workflow file in any of its forms, and where things of its definition stand in it. */
export type OpenedWorkflow = {
  /** Absent when the file is no workflow; then an error finding says why. */
  readonly file?: WorkflowFile;
  /** What there is to say about the file itself. */
  readonly findings: readonly Finding[];
  /** A finding about the definition as one about the file. */
  readonly locate: (finding: DefinitionFinding) => Finding;
};

/** Opens a workflow file; ends the command only when there is none. */
export async function openWorkflow(terminal: Terminal, path: string): Promise<OpenedWorkflow> {
  const json = readJsonFile({ name: path, content: await readNamedFile(terminal, path) });
  const file = json.root === undefined ? undefined : readWorkflowFile(json.root);
  if (file === undefined) return { findings: unrecognised(json), locate: (finding) => locate(json, '', finding) };
  const prefix = pointerOf(json.root, file.definition) ?? '';
  return { file, findings: json.findings, locate: (finding) => locate(json, prefix, finding) };
}

/** Opens and requires a workflow file. */
export async function loadWorkflow(
  terminal: Terminal,
  path: string,
): Promise<OpenedWorkflow & { readonly file: WorkflowFile }> {
  const opened = await openWorkflow(terminal, path);
  const { file, findings } = opened;
  if (file !== undefined) return { ...opened, file };
  const first = findings.find((finding) => finding.severity === 'error');
  throw new CommandError(2, `${path}:${first?.line}:${first?.column}: ${first?.message}`);
}

function unrecognised({ root, findings, locate: at }: JsonFile): readonly Finding[] {
  if (root === undefined) return findings;
  const message =
    'This is no workflow: it holds no definition with triggers and actions. Give a definition, {"definition": …}, an ARM resource or a flow package’s file.';
  return [...findings, { ...at(''), code: 'definition-missing', severity: 'error', message }];
}

function locate(json: JsonFile, prefix: string, finding: DefinitionFinding): Finding {
  const { code, severity = 'error', message, pointer } = finding;
  return { code, severity, message, ...json.locate(`${prefix}${pointer}`) };
}

/** The pointer of a value that is part of a document, found by identity. */
function pointerOf(document: JsonValue | undefined, wanted: JsonValue): string | undefined {
  const open: { readonly value: JsonValue | undefined; readonly pointer: string }[] = [
    { value: document, pointer: '' },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, pointer } = next;
    if (value === wanted) return pointer;
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, member] of Object.entries(value)) {
      open.push({ value: member, pointer: `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}` });
    }
  }
  return undefined;
}

import type { JsonValue } from '@patchbay/expression';
import { readWorkflowFile, type WorkflowFile } from '@patchbay/workflow';
import { readJsonArgument } from './json-argument.ts';
import { CommandError, type Terminal } from './terminal.ts';

/** Reads a workflow file in any of its forms. */
export async function readWorkflow(terminal: Terminal, path: string): Promise<WorkflowFile> {
  const document = await readJsonArgument(terminal, path, `@${path}`);
  const file = readWorkflowFile(document as JsonValue);
  if (file !== undefined) return file;
  throw new CommandError(2, `${path} is not a workflow: it holds no definition with triggers and actions.`);
}

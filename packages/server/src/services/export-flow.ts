import { type JsonObject, writeZip } from '@patchbay/definition';
import {
  type Deployment,
  type FlowForm,
  fileText,
  flowOfDeployment,
  type WrittenFlow,
  writeFlow,
} from '@patchbay/workflow';
import { PlatformError } from '../errors/platform-error.ts';
import type { Flow } from './flow-revision.ts';
import { isSecretParameter } from './flow-secrets.ts';

/** A flow as one file, and what that leaves out. */
export type ExportedFlow = {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  readonly findings: WrittenFlow['findings'];
};

/** Writes a flow in a form: JSON where that is one file, else an archive. Values of secure parameters stay here. */
export function exportFlow({ row, revision }: Flow, form: FlowForm): ExportedFlow {
  const definition = JSON.parse(revision.definition) as JsonObject;
  const all = Object.entries(JSON.parse(revision.parameters) as JsonObject);
  const deployment: Deployment = {
    displayName: row.displayName,
    definition,
    parameters: Object.fromEntries(all.filter(([name]) => !isSecretParameter(definition, name))),
    connectionReferences: JSON.parse(revision.connectionReferences) as JsonObject,
  };
  const flow = flowOfDeployment(deployment, row.id);
  if (flow === undefined) throw new PlatformError('FlowNotFound', `The flow "${row.id}" has no definition to write.`);
  const { files, findings } = writeFlow(flow, form);
  const secrets = all
    .filter(([name]) => isSecretParameter(definition, name))
    .map(([name]): WrittenFlow['findings'][number] => ({
      code: 'secret-left-out',
      severity: 'warning',
      message: `The value of the secure parameter "${name}" is left out. Give it where the flow goes.`,
      file: '',
      pointer: '',
    }));
  const [only, ...others] = files;
  const isOne = only !== undefined && others.length === 0;
  const base = row.displayName.replaceAll(/[^\p{L}\p{N} ._-]+/gu, '-').slice(0, 80) || 'flow';
  return {
    fileName: isOne ? `${base}.json` : `${base}.zip`,
    contentType: isOne ? 'application/json' : 'application/zip',
    bytes: isOne
      ? Buffer.from(fileText(only), 'utf8')
      : writeZip(Object.fromEntries(files.map((file) => [file.name, fileText(file)]))),
    findings: [...findings, ...secrets],
  };
}

import {
  type Finding,
  type JsonFile,
  type JsonObject,
  readJsonFile,
  readNestedZip,
  type SourceFile,
} from '@patchbay/definition';
import { type Deployment, deploymentOf, type FlowFile, isFileOfFlows, readFlows } from '@patchbay/workflow';

/** The flows of a document of any form, ready to be deployed, and what there is to say about it. */
export type ReadFlowDocument = { readonly flows: readonly Deployment[]; readonly findings: readonly Finding[] };

/** Reads a document as somebody sent it: text, so that findings point into it, bytes of an archive, or JSON itself. */
export function readFlowDocument(content: string | Uint8Array | JsonObject, name: string): ReadFlowDocument {
  const { sources, problem } = sourcesOf(content, name);
  const json = new Map<string, JsonFile>();
  const files = sources.flatMap((source): readonly FlowFile[] => {
    if (/\.xml$/i.test(source.name)) return [{ kind: 'text', name: source.name, text: decode(source.content) }];
    const file = readJsonFile(source);
    json.set(source.name, file);
    return file.root === undefined ? [] : [{ kind: 'json', name: source.name, root: file.root }];
  });
  const about = [...json.values()].flatMap(({ findings }) => findings);
  const isRead = files.length > 0 || about.length === 0;
  const read = isRead ? readFlows(files) : { flows: [], findings: [] };
  const findings = read.findings.map(
    ({ code, severity, message, file, pointer }): Finding => ({
      code,
      severity,
      message,
      ...(json.get(file)?.locate(pointer) ?? { source: name, pointer, line: 1, column: 1 }),
    }),
  );
  return { flows: read.flows.map(deploymentOf), findings: [...problem, ...about, ...findings] };
}

function sourcesOf(
  content: string | Uint8Array | JsonObject,
  name: string,
): { readonly sources: readonly SourceFile[]; readonly problem: readonly Finding[] } {
  if (typeof content === 'string') return { sources: [{ name, content }], problem: [] };
  if (!(content instanceof Uint8Array)) return { sources: [{ name, content: JSON.stringify(content) }], problem: [] };
  const isZip = content[0] === 0x50 && content[1] === 0x4b && content[2] === 3 && content[3] === 4;
  if (!isZip) return { sources: [{ name, content }], problem: [] };
  const { files, problem } = readNestedZip(content, isFileOfFlows);
  const sources = files.map((file) => ({ ...file, name: file.name.replaceAll('\\', '/') }));
  if (problem === undefined) return { sources, problem: [] };
  const message = `The zip archive cannot be read whole: ${problem}.`;
  const finding: Finding = {
    code: 'package-unreadable',
    severity: 'error',
    message,
    source: name,
    pointer: '',
    line: 1,
    column: 1,
  };
  return { sources, problem: [finding] };
}

function decode(content: string | Uint8Array): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
}

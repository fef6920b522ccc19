import type { Finding } from './finding.ts';
import type { Description } from './format.ts';
import { parseJsonDocument } from './source/json-document.ts';
import { recogniseText } from './source/recognise-text.ts';
import { decodeSource } from './source/source-text.ts';
import { parseYamlDocument } from './source/yaml-document.ts';

/** A file by the name that findings will give it. */
export type SourceFile = { readonly name: string; readonly content: string | Uint8Array };

export type OpenedDescription = { readonly description: Description; readonly findings: readonly Finding[] };

/** Decodes a file and, where it is JSON or YAML, parses it. Never throws, whatever the bytes. */
export function openDescription({ name, content }: SourceFile): OpenedDescription {
  const { source, findings } = decodeSource(name, content);
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const { kind } = recogniseText(source.text);
  if (kind !== 'json' && kind !== 'yaml') return { description: { source, bytes }, findings };
  const parsed = kind === 'json' ? parseJsonDocument(source) : parseYamlDocument(source);
  const { document } = parsed;
  return {
    description: { source, bytes, ...(document !== undefined && { document }) },
    findings: [...findings, ...parsed.findings],
  };
}

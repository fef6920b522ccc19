import type { Finding } from './finding.ts';
import type { JsonValue } from './model.ts';
import type { SourceFile } from './open-description.ts';
import { parseJsonDocument } from './source/json-document.ts';
import type { Location } from './source/source-document.ts';
import { decodeSource } from './source/source-text.ts';

/** A JSON file of any kind: its text, its value where it has one, and where things stand in it. */
export type JsonFile = {
  /** Decoded, without a byte-order mark. */
  readonly text: string;
  /** Absent when nothing could be read; then an error finding says why. */
  readonly root?: JsonValue;
  /** Where the value that a JSON pointer names stands, or its nearest ancestor that exists. */
  readonly locate: (pointer: string) => Location;
  readonly findings: readonly Finding[];
};

/**
 * Reads JSON as leniently as descriptions are read: byte-order marks, other code pages, comments and commas too many are findings.
 * Never throws, whatever the bytes.
 */
export function readJsonFile({ name, content }: SourceFile): JsonFile {
  const { source, findings } = decodeSource(name, content);
  const { document, findings: problems } = parseJsonDocument(source);
  return {
    text: source.text,
    ...(document !== undefined && { root: document.root }),
    locate: document?.locate ?? ((pointer) => ({ source: name, pointer, line: 1, column: 1 })),
    findings: [...findings, ...problems],
  };
}

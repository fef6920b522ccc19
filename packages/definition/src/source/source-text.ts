import type { Finding } from '../finding.ts';

/** A file as its author wrote it: decoded text and, on demand, where things stand in it. */
export type SourceText = {
  readonly name: string;
  readonly text: string;
  /** 1-based line and column (UTF-16 code units) of an offset. */
  readonly positionAt: (offset: number) => { readonly line: number; readonly column: number };
};

/** Decodes bytes: byte-order marks tell the encoding, else UTF-8, else windows-1252, which never fails. */
export function decodeSource(
  name: string,
  content: string | Uint8Array,
): { readonly source: SourceText; readonly findings: readonly Finding[] } {
  const decoded = typeof content === 'string' ? { text: content } : decodeBytes(content);
  const hasMark = decoded.text.startsWith('\uFEFF');
  const source = createSourceText(name, hasMark ? decoded.text.slice(1) : decoded.text);
  const at = { source: name, pointer: '', line: 1, column: 1 };
  const findings: Finding[] = [];
  if (hasMark || decoded.hadMark === true) {
    findings.push({
      ...at,
      code: 'byte-order-mark',
      severity: 'info',
      message: 'The file begins with a byte-order mark, which some readers of JSON refuse. Save it without one.',
    });
  }
  if (decoded.encoding !== undefined) {
    findings.push({
      ...at,
      ...source.positionAt(decoded.firstForeignByte ?? 0),
      code: 'encoding-not-utf-8',
      severity: 'warning',
      message: `The file is not UTF-8; it was read as ${decoded.encoding}. Save it as UTF-8, or letters outside ASCII may come out wrong.`,
    });
  }
  return { source, findings };
}

type Decoded = {
  readonly text: string;
  readonly encoding?: string;
  readonly hadMark?: boolean;
  readonly firstForeignByte?: number;
};

function decodeBytes(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'UTF-16', hadMark: true };
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'UTF-16', hadMark: true };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    const first = bytes.findIndex((byte) => byte >= 0x80);
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252', firstForeignByte: first };
  }
}

function createSourceText(name: string, text: string): SourceText {
  let starts: readonly number[] | undefined;
  return {
    name,
    text,
    positionAt: (offset) => {
      starts ??= lineStarts(text);
      const bounded = Math.min(Math.max(offset, 0), text.length);
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= bounded) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: bounded - (starts[low] ?? 0) + 1 };
    },
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
  return starts;
}

import type { Description } from '../api/connectors.ts';

/** A file as the server takes it: its text, or for an archive its bytes. */
export async function readFile(file: File): Promise<Description> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const isArchive = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!isArchive) return file.text();
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return { '$content-type': 'application/zip', $content: btoa(text) };
}

import { strToU8, zipSync } from 'fflate';

/** The earliest time that a zip archive can name, so that the same files are always the same bytes. */
const noTime = new Date(1980, 0, 1);

/** Writes texts as a zip archive, by their paths in it. */
export function writeZip(files: { readonly [path: string]: string }): Uint8Array {
  const bytes = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]));
  return zipSync(bytes, { mtime: noTime, level: 9 });
}

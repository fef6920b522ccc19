import { Unzip, UnzipInflate } from 'fflate';
import type { SourceFile } from '../open-description.ts';

/** Packages hold a dozen files, exports of solutions some hundreds; archives made to exhaust a reader hold more. */
const maxEntries = 5_000;
const maxInflatedBytes = 200 * 1024 * 1024;
/** Repetitive JSON packs 50 to 1; what packs much better than that was made to. */
const maxRatio = 400;
const ratioFromBytes = 10 * 1024 * 1024;
const chunkBytes = 16 * 1024;

class ZipRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ZipRefused';
  }
}

export type ReadZip = { readonly files: readonly SourceFile[]; readonly problem?: string };

/**
 * Inflates the entries of a zip archive that are wanted, in memory and within bounds. Never throws, whatever the bytes: `problem` says
 * why nothing more could be read.
 */
export function readZip(bytes: Uint8Array, isWanted: (name: string) => boolean): ReadZip {
  const files: SourceFile[] = [];
  const counts = { entries: 0, inflated: 0, read: 0 };
  const unzip = new Unzip();
  unzip.register(UnzipInflate);
  unzip.onfile = (entry) => {
    counts.entries += 1;
    if (counts.entries > maxEntries) throw new ZipRefused(`it has more than ${maxEntries} entries`);
    if (leadsElsewhere(entry.name)) throw new ZipRefused(`the entry ${JSON.stringify(entry.name)} leads out of it`);
    if (!isWanted(entry.name)) return;
    const chunks: Uint8Array[] = [];
    entry.ondata = (error, chunk, isLast) => {
      if (error !== null) throw error;
      counts.inflated += chunk.length;
      checkSize(counts);
      chunks.push(chunk);
      if (isLast) files.push({ name: entry.name, content: Buffer.concat(chunks) });
    };
    entry.start();
  };
  try {
    for (let start = 0; start < bytes.length; start += chunkBytes) {
      const end = Math.min(start + chunkBytes, bytes.length);
      counts.read = end;
      unzip.push(bytes.subarray(start, end), end === bytes.length);
    }
    return { files };
  } catch (error) {
    return { files, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Archives of tools name files below their root, with `/` between folders. */
function leadsElsewhere(name: string): boolean {
  return /^[\\/]|^[A-Za-z]:|(^|[\\/])\.\.([\\/]|$)/.test(name) || name.includes('\u0000');
}

function checkSize({ inflated, read }: { readonly inflated: number; readonly read: number }): void {
  if (inflated > maxInflatedBytes) {
    throw new ZipRefused(`it holds more than ${maxInflatedBytes / 1024 / 1024} MB`);
  }
  if (inflated > ratioFromBytes && inflated > read * maxRatio) {
    throw new ZipRefused(`it is packed more than ${maxRatio} to 1`);
  }
}

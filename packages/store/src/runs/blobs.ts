import { createHash } from 'node:crypto';

/** A column's text: the text itself, or where its content stands. JSON never begins with `#`. */
export type Packed = string | null;

const prefix = '#sha256:';

export type BlobWriter = {
  readonly pack: (text: string | undefined, insert: (hash: string, content: string) => void) => Packed;
  readonly unpack: (text: string | null, find: (hash: string) => string | undefined) => string | undefined;
};

/** Big texts are stored once by their content's hash and referred to. */
export function openBlobs(thresholdBytes: number): BlobWriter {
  return {
    pack: (text, insert) => {
      if (text === undefined) return null;
      if (text.length < thresholdBytes) return text;
      const hash = createHash('sha256').update(text).digest('hex');
      insert(hash, text);
      return prefix + hash;
    },
    unpack: (text, find) => {
      if (text === null) return undefined;
      return text.startsWith(prefix) ? find(text.slice(prefix.length)) : text;
    },
  };
}

/** The hashes that a row refers to. */
export function blobHashes(texts: readonly (string | null)[]): readonly string[] {
  return texts.flatMap((text) => (text?.startsWith(prefix) === true ? [text.slice(prefix.length)] : []));
}

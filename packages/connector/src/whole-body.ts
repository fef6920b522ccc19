import { Readable } from 'node:stream';
import type { EgressResponse } from '@patchbay/egress';
import { ConnectorError } from './errors.ts';

/** What has to be looked into is held in memory: as much of it as an answer may be. */
const maxWholeBytes = 32 * 1024 * 1024;

/** A body whole. Throws `ConnectorError` of a code for one that is larger than is held. */
export async function readWhole(
  body: Readable | Uint8Array,
  code: 'policy-failed' | 'parameter-invalid',
): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxWholeBytes) {
      const who = code === 'policy-failed' ? 'the policies that look into it' : 'the message that is made of it';
      throw new ConnectorError(code, `The body is too large for ${who} (32 MB).`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** An answer with its body at hand. */
export function wholeAnswer(
  about: Pick<EgressResponse, 'status' | 'headers' | 'setCookies' | 'url'>,
  content: Uint8Array,
): EgressResponse {
  const { status, setCookies, url } = about;
  const { 'content-length': _length, 'transfer-encoding': _encoding, ...kept } = about.headers;
  return {
    status,
    setCookies,
    url,
    headers: { ...kept, 'content-length': String(content.length) },
    bytes: () => Promise.resolve(content),
    stream: () => Readable.from([content], { objectMode: false }),
    pipe: async (destination) => void destination.end(content),
    discard: () => Promise.resolve(),
  };
}

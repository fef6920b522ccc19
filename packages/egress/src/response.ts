import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { EgressResponse } from './contract.ts';
import type { Deadline } from './deadline.ts';
import { EgressError } from './errors.ts';
import type { Answer } from './exchange.ts';
import { toEgressError } from './transport-failure.ts';

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Wraps an answer: its body decoded unless it is to be kept, counted against the limit and ended by the deadline. */
export function openResponse(
  answer: Answer,
  { url, method, keepsEncoding }: { readonly url: string; readonly method: string; readonly keepsEncoding: boolean },
  maxBytes: number,
  deadline: Deadline,
): EgressResponse {
  const { headers, setCookies } = readHeaders(answer.headers);
  const common = { status: answer.statusCode, setCookies, url };
  const isDecoded = !keepsEncoding && hasBody(answer.statusCode, method, headers);
  const decoder = isDecoded ? decoderOf(headers) : undefined;
  const limit: Limit = { url, maxBytes, deadline };
  if (decoder === undefined) return { ...common, headers, ...plainBody(answer, limit) };
  const { 'content-encoding': _encoding, 'content-length': _length, ...decoded } = headers;
  return { ...common, headers: decoded, ...decodedBody(answer, decoder, limit) };
}

type Limit = { readonly url: string; readonly maxBytes: number; readonly deadline: Deadline };
type Body = Pick<EgressResponse, 'bytes' | 'stream' | 'pipe' | 'discard'>;

function hasBody(status: number, method: string, headers: Readonly<Record<string, string>>): boolean {
  return status !== 204 && status !== 304 && headers['content-length'] !== '0' && method !== 'HEAD';
}

function decoderOf(headers: Readonly<Record<string, string>>): Transform | undefined {
  const encoding = headers['content-encoding']?.toLowerCase();
  return encoding !== undefined && Object.hasOwn(decoders, encoding) ? decoders[encoding]?.() : undefined;
}

function plainBody({ body }: Answer, limit: Limit): Body {
  const { deadline } = limit;
  return {
    bytes: async () => {
      try {
        return await body.collect(limit.maxBytes, () => tooLarge(limit));
      } catch (error) {
        throw toEgressError(error, limit.url, deadline);
      } finally {
        deadline.stop();
      }
    },
    stream: () => body.stream().once('close', () => deadline.stop()),
    pipe: async (destination) => {
      await body.pipe(destination);
      deadline.stop();
    },
    discard: async () => {
      deadline.stop();
      body.abort(new Error('the answer is not wanted'));
    },
  };
}

function decodedBody({ body }: Answer, decoder: Transform, limit: Limit): Body {
  const { deadline } = limit;
  const open = (): Readable => {
    const source = body.stream();
    source.once('error', (error) => decoder.destroy(error));
    // A reader that stops early must not leave the connection open behind the decoder.
    decoder.once('close', () => {
      source.destroy();
      deadline.stop();
    });
    return source.pipe(decoder);
  };
  return {
    bytes: () => collect(open(), limit),
    stream: open,
    pipe: async (destination) => {
      // Whoever reads sees that it broke off: the destination is destroyed.
      await pipeline(open(), destination).catch(() => undefined);
    },
    discard: async () => {
      deadline.stop();
      body.abort(new Error('the answer is not wanted'));
    },
  };
}

async function collect(source: Readable, limit: Limit): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit.maxBytes) throw tooLarge(limit);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    throw toEgressError(error, limit.url, limit.deadline);
  }
}

function tooLarge({ url, maxBytes }: Limit): EgressError {
  const { host } = new URL(url);
  return new EgressError('response-too-large', `The answer of ${host} is larger than ${maxBytes} bytes.`, { host });
}

function readHeaders(incoming: Answer['headers']): { headers: Record<string, string>; setCookies: string[] } {
  const headers: Record<string, string> = {};
  const setCookies: string[] = [];
  for (const name in incoming) {
    const value = incoming[name];
    if (value === undefined) continue;
    if (name === 'set-cookie') setCookies.push(...(Array.isArray(value) ? value : [value]));
    else headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { headers, setCookies };
}

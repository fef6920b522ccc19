import type { Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Dispatcher } from 'undici';
import type { EgressResponse } from './contract.ts';
import type { Deadline } from './egress.ts';
import { EgressError } from './errors.ts';
import { toEgressError } from './transport-failure.ts';

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Wraps an answer: its body decoded, counted against the limit and ended by the deadline. */
export function openResponse(
  answer: Dispatcher.ResponseData,
  { url, method }: { readonly url: string; readonly method: string },
  maxBytes: number,
  deadline: Deadline,
): EgressResponse {
  const { headers, setCookies } = readHeaders(answer.headers);
  const encoding = headers['content-encoding']?.toLowerCase();
  const hasBody =
    answer.statusCode !== 204 && answer.statusCode !== 304 && headers['content-length'] !== '0' && method !== 'HEAD';
  const decoder =
    hasBody && encoding !== undefined && Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined;
  if (decoder !== undefined) {
    delete headers['content-encoding'];
    delete headers['content-length'];
  }
  const source: Readable = decoder === undefined ? answer.body : decode(answer.body, decoder());
  const body = boundedBody(source, url, maxBytes, deadline);
  return {
    status: answer.statusCode,
    headers,
    setCookies,
    url,
    body,
    bytes: () => collect(body),
    stream: () => source.once('close', deadline.stop),
    discard: async () => {
      deadline.stop();
      source.destroy();
    },
  };
}

function decode(body: Readable, decoder: Transform): Readable {
  body.once('error', (error) => decoder.destroy(error));
  // A reader that stops early must not leave the connection open behind the decoder.
  decoder.once('close', () => body.destroy());
  return body.pipe(decoder);
}

async function* boundedBody(
  source: Readable,
  url: string,
  maxBytes: number,
  deadline: Deadline,
): AsyncGenerator<Uint8Array> {
  let total = 0;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      total += chunk.length;
      if (total > maxBytes) {
        throw new EgressError(
          'response-too-large',
          `The answer of ${new URL(url).host} is larger than ${maxBytes} bytes.`,
          {
            host: new URL(url).host,
          },
        );
      }
      yield chunk;
    }
  } catch (error) {
    throw toEgressError(error, url, deadline);
  } finally {
    deadline.stop();
    source.destroy();
  }
}

async function collect(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}

function readHeaders(incoming: Dispatcher.ResponseData['headers']): {
  headers: Record<string, string>;
  setCookies: string[];
} {
  const headers: Record<string, string> = {};
  const setCookies: string[] = [];
  for (const name of Object.keys(incoming)) {
    const value = incoming[name];
    if (value === undefined) continue;
    if (name === 'set-cookie') setCookies.push(...(Array.isArray(value) ? value : [value]));
    else headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { headers, setCookies };
}

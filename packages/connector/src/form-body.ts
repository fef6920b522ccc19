import { randomBytes } from 'node:crypto';
import type { JsonValue } from '@patchbay/definition';
import { readEnvelope } from './envelope.ts';

export type FormField = {
  readonly name: string;
  readonly isFile: boolean;
  readonly value: JsonValue;
  readonly texts: readonly string[];
};
export type EncodedBody = { readonly contentType: string; readonly body: string | Uint8Array };

/** `application/x-www-form-urlencoded` (WHATWG URL, form serialising). */
export function encodeUrlForm(fields: readonly FormField[]): EncodedBody {
  const pairs = fields.flatMap(({ name, texts }) => texts.map((text): [string, string] => [name, text.toWellFormed()]));
  return { contentType: 'application/x-www-form-urlencoded', body: new URLSearchParams(pairs).toString() };
}

/** `multipart/form-data` (RFC 7578). */
export function encodeMultipart(fields: readonly FormField[]): EncodedBody {
  const boundary = `patchbay-${randomBytes(18).toString('hex')}`;
  const parts: Uint8Array[] = [];
  const add = (head: string, content: Uint8Array): void => {
    parts.push(Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`, 'utf8'), content, Buffer.from('\r\n'));
  };
  for (const { name, isFile, value, texts } of fields) {
    const envelope = readEnvelope(value);
    if (isFile || envelope !== undefined) {
      const { contentType, bytes, fileName } = envelope ?? {
        contentType: 'application/octet-stream',
        bytes: Buffer.from(texts.join('')),
        fileName: undefined,
      };
      const disposition = `Content-Disposition: form-data; name="${quote(name)}"; filename="${quote(fileName ?? name)}"`;
      add(`${disposition}\r\nContent-Type: ${contentType.replace(/[\r\n]/g, ' ')}`, bytes);
    } else
      for (const text of texts) add(`Content-Disposition: form-data; name="${quote(name)}"`, Buffer.from(text, 'utf8'));
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(parts) };
}

/** Quotes and line breaks as browsers write them in part headers (WHATWG HTML, multipart encoding). */
function quote(text: string): string {
  return text.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}

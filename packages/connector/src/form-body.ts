import { randomBytes } from 'node:crypto';
import type { Envelope } from './envelope.ts';
import { encodeReservedInQuery } from './percent-encoding.ts';

/** One field of a form: a text, or a file in a multipart form. */
export type FormField = {
  readonly name: string;
  readonly content: string | Envelope;
  /** For a part: its media type, where a text has one. */
  readonly contentType?: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** In a URL-encoded form: reserved characters go out as they are. */
  readonly allowReserved?: boolean;
};
export type EncodedBody = { readonly contentType: string; readonly body: string | Uint8Array };

/** `application/x-www-form-urlencoded` (WHATWG URL, form serialising). */
export function encodeUrlForm(fields: readonly FormField[]): EncodedBody {
  const body = fields.map((field) => {
    const text = typeof field.content === 'string' ? field.content : Buffer.from(field.content.bytes).toString('utf8');
    const [name, value] = [
      encodeFormText(field.name),
      field.allowReserved ? encodeReservedInQuery(text) : encodeFormText(text),
    ];
    return `${name}=${value}`;
  });
  return { contentType: 'application/x-www-form-urlencoded', body: body.join('&') };
}

function encodeFormText(text: string): string {
  return new URLSearchParams([[text.toWellFormed(), '']]).toString().slice(0, -1);
}

/** `multipart/form-data` (RFC 7578). */
export function encodeMultipart(fields: readonly FormField[]): EncodedBody {
  const boundary = `patchbay-${randomBytes(18).toString('hex')}`;
  const parts: Uint8Array[] = [];
  for (const field of fields) {
    parts.push(Buffer.from(`--${boundary}\r\n${partHead(field)}\r\n\r\n`, 'utf8'));
    parts.push(typeof field.content === 'string' ? Buffer.from(field.content, 'utf8') : field.content.bytes);
    parts.push(Buffer.from('\r\n'));
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(parts) };
}

function partHead({ name, content, contentType, headers }: FormField): string {
  const file = typeof content === 'string' ? undefined : content;
  const fileName = file === undefined ? '' : `; filename="${quote(file.fileName ?? name)}"`;
  const type = file === undefined ? contentType : file.contentType;
  return [
    `Content-Disposition: form-data; name="${quote(name)}"${fileName}`,
    ...(type === undefined ? [] : [`Content-Type: ${oneLine(type)}`]),
    ...(headers ?? []).map(([header, value]) => `${header}: ${oneLine(value)}`),
  ].join('\r\n');
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]/g, ' ');
}

/** Quotes and line breaks as browsers write them in part headers (WHATWG HTML, multipart encoding). */
function quote(text: string): string {
  return text.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}

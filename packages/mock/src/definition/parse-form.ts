import { mediaTypeOf } from '../message.ts';
import type { ValuesOf } from './check-request.ts';

/** The fields of a form, urlencoded or multipart (RFC 7578); a file counts by its name, whatever it holds. */
export function parseForm(contentType: string | undefined, body: Uint8Array): ValuesOf {
  const mediaType = mediaTypeOf(contentType);
  if (mediaType === 'application/x-www-form-urlencoded') {
    const fields = new URLSearchParams(new TextDecoder().decode(body));
    return (name) => fields.getAll(name);
  }
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType ?? '');
  if (mediaType !== 'multipart/form-data' || boundary === null) return () => [];
  const fields = parseParts(Buffer.from(body).toString('latin1'), boundary[1] ?? boundary[2] ?? '');
  return (name) => fields.flatMap(([own, value]) => (own === name ? [value] : []));
}

function parseParts(text: string, boundary: string): readonly (readonly [string, string])[] {
  return text
    .split(`--${boundary}`)
    .slice(1)
    .flatMap((part) => {
      const end = part.indexOf('\r\n\r\n');
      const head = end === -1 ? '' : part.slice(0, end);
      const name = /content-disposition:[^\r\n]*?[;\s]name=(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(head);
      if (name === null) return [];
      const value = part.slice(end + 4).replace(/\r\n$/, '');
      return [[fromLatin1(name[1] ?? name[2] ?? ''), fromLatin1(value)] as const];
    });
}

function fromLatin1(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8');
}

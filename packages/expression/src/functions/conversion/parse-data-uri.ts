import type { Envelope } from '../../content.ts';
import type { Meter } from '../../meter.ts';
import { invalidArgument } from '../check-arguments.ts';
import { decodeBase64Text } from './decode-base64-text.ts';
import { unescapeUriBytes } from './unescape-uri-bytes.ts';

/** Reads a data URI (RFC 2397). */
export function parseDataUri(functionName: string, text: string, meter: Meter): Envelope {
  const comma = text.indexOf(',');
  const head = /^data:([^,]*?)(;base64)?$/i.exec(text.slice(0, Math.max(comma, 0)));
  if (head === null) throw invalidArgument(functionName, 'expects a data URI, such as data:text/plain;base64,aGk=.');
  const content = text.slice(comma + 1);
  const contentType = head[1] === '' || head[1] === undefined ? 'text/plain;charset=US-ASCII' : head[1];
  if (head[2] !== undefined) return { contentType, bytes: decodeBase64Text(functionName, content) };
  return { contentType, bytes: unescapeUriBytes(content, meter) };
}

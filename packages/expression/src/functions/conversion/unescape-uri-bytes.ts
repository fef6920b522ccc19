import { costOfMatch, type Meter } from '../../meter.ts';

/** The bytes of a text of a URI: percent-escapes as the bytes that they stand for, the rest as UTF-8. What is no escape stays as it is. */
export function unescapeUriBytes(text: string, meter: Meter): Buffer {
  // An escape is longer than its byte.
  const bytes = Buffer.alloc(Buffer.byteLength(text, 'utf8'));
  let [at, length] = [0, 0];
  for (const { 0: escapes, index } of text.matchAll(/(?:%[0-9a-f]{2})+/gi)) {
    meter.charge(costOfMatch + escapes.length);
    length += bytes.write(text.slice(at, index), length, 'utf8');
    for (let digits = 1; digits < escapes.length; digits += 3) {
      bytes[length] = Number.parseInt(escapes.slice(digits, digits + 2), 16);
      length += 1;
    }
    at = index + escapes.length;
  }
  length += bytes.write(text.slice(at), length, 'utf8');
  return bytes.subarray(0, length);
}

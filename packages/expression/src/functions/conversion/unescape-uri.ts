import { isUtf8 } from 'node:buffer';
import { costOfMatch, type Meter } from '../../meter.ts';
import { rewriteText } from '../../rewrite-text.ts';
import { TextBuilder } from '../../text-builder.ts';

/** Percent-escapes as bytes of UTF-8, as .NET's Uri.UnescapeDataString reads them: what is no valid escape stays as it is. */
export function unescapeUri(text: string, meter: Meter): string {
  if (!text.includes('%')) return text;
  return rewriteText(
    text,
    /(?:%[0-9a-f]{2})+/gi,
    ([escapes]) => unescapeRun(escapes, meter),
    () => meter.charge(costOfMatch),
  );
}

function unescapeRun(escapes: string, meter: Meter): string {
  const bytes = Buffer.alloc(escapes.length / 3);
  for (let index = 0; index < bytes.length; index += 1)
    bytes[index] = Number.parseInt(escapes.slice(3 * index + 1, 3 * index + 3), 16);
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const decoded = new TextBuilder(() => meter.charge(costOfMatch));
  let start = 0;
  while (start < bytes.length) {
    const length = sequenceLength(bytes, start);
    decoded.append(
      length === 0 ? escapes.slice(3 * start, 3 * start + 3) : bytes.subarray(start, start + length).toString('utf8'),
    );
    start += Math.max(length, 1);
  }
  return decoded.toString();
}

/** How many bytes make a valid character of UTF-8 (RFC 3629 §4), 0 when they make none. */
function sequenceLength(bytes: Uint8Array, start: number): number {
  const first = bytes[start] ?? 0;
  const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length === 0 || start + length > bytes.length) return 0;
  const second = bytes[start + 1] ?? 0;
  if ((first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f)) return 0;
  if ((first === 0xf0 && second < 0x90) || (first === 0xf4 && second > 0x8f)) return 0;
  for (let index = 1; index < length; index += 1) if (((bytes[start + index] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

/** Percent-escapes as bytes of UTF-8, as .NET's Uri.UnescapeDataString reads them: what is no valid escape stays as it is. */
export function unescapeUri(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    const bytes = Buffer.from(escapes.replaceAll('%', ''), 'hex');
    let decoded = '';
    let start = 0;
    while (start < bytes.length) {
      const length = sequenceLength(bytes, start);
      decoded +=
        length === 0 ? escapes.slice(3 * start, 3 * start + 3) : bytes.subarray(start, start + length).toString('utf8');
      start += Math.max(length, 1);
    }
    return decoded;
  });
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

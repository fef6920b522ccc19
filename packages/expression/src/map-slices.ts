const sliceLength = 2 ** 16;

/**
 * Maps a text slice by slice, so that what the runtime keeps beside a text while it maps it is never much. For what maps every
 * character by itself; those of two units are not cut in two.
 */
export function mapSlices(text: string, map: (slice: string) => string): string {
  if (text.length <= sliceLength) return map(text);
  const slices: string[] = [];
  let at = 0;
  while (at < text.length) {
    let end = Math.min(at + sliceLength, text.length);
    if (end < text.length && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800) end += 1;
    slices.push(map(text.slice(at, end)));
    at = end;
  }
  return slices.join('');
}

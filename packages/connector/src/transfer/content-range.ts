/** What part of a whole an answer holds: first and last byte, and the size of the whole where it is known. */
export type ContentRange = { readonly first: number; readonly last: number; readonly total: number | undefined };

/** Reads `Content-Range: bytes 0-99/1000` (RFC 9110 §14.4); undefined for other units, no range, and what makes no sense. */
export function readContentRange(value: string | undefined): ContentRange | undefined {
  const [, start, end, size] = /^\s*bytes[ =]\s*(\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)\s*$/i.exec(value ?? '') ?? [];
  if (start === undefined || end === undefined) return undefined;
  const [first, last] = [Number(start), Number(end)];
  const total = size === '*' ? undefined : Number(size);
  const isRange = first <= last && (total === undefined || last < total);
  return isRange ? { first, last, total } : undefined;
}

/** The size of the whole, as a 416 tells it after an asterisk (RFC 9110 §14.4). */
export function readWholeSize(value: string | undefined): number | undefined {
  const size = /^\s*bytes[ =]\s*\*\/(\d{1,15})\s*$/i.exec(value ?? '')?.[1];
  return size === undefined ? undefined : Number(size);
}

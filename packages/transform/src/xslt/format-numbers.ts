/** Writes numbers by a format such as `1.a.i` (XSLT 1.0 §7.7.1). */
export function formatNumbers(
  numbers: readonly number[],
  format: string,
  grouping: { readonly separator: string; readonly size: number },
): string {
  const parts = format.match(/[\p{L}\p{N}]+|[^\p{L}\p{N}]+/gu) ?? ['1'];
  const isToken = (part: string | undefined): boolean => part !== undefined && /^[\p{L}\p{N}]/u.test(part);
  const prefix = isToken(parts[0]) ? '' : (parts[0] ?? '');
  const suffix = parts.length > 1 && !isToken(parts.at(-1)) ? (parts.at(-1) ?? '') : '';
  const tokens = parts.filter(isToken);
  const between = parts
    .slice(prefix === '' ? 0 : 1)
    .filter((part, index, all) => !isToken(part) && index < all.length - 1);
  const last = tokens.at(-1) ?? '1';
  const text = numbers.map((value, index) => {
    const separator = index === 0 ? '' : (between[index - 1] ?? between.at(-1) ?? '.');
    return separator + formatOne(value, tokens[index] ?? last, grouping);
  });
  return prefix + text.join('') + suffix;
}

function formatOne(
  value: number,
  token: string,
  { separator, size }: { readonly separator: string; readonly size: number },
): string {
  if (!Number.isFinite(value)) return String(value);
  if (value >= 1) {
    if (token === 'a') return letters(value);
    if (token === 'A') return letters(value).toUpperCase();
    if (token === 'i') return roman(value);
    if (token === 'I') return roman(value).toUpperCase();
  }
  const width = /^0*1$/.test(token) ? token.length : 1;
  const digits = String(value).padStart(width, '0');
  return separator === '' || size < 1
    ? digits
    : digits.replace(new RegExp(`\\B(?=(?:\\d{${size}})+$)`, 'g'), separator);
}

/** a…z, aa…: there is no zero. */
function letters(value: number): string {
  let text = '';
  for (let left = value; left > 0; left = Math.floor((left - 1) / 26)) {
    text = String.fromCodePoint(97 + ((left - 1) % 26)) + text;
  }
  return text;
}

const romans: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

function roman(value: number): string {
  if (value > 4999) return String(value);
  let left = value;
  let text = '';
  for (const [worth, sign] of romans) {
    while (left >= worth) {
      text += sign;
      left -= worth;
    }
  }
  return text;
}

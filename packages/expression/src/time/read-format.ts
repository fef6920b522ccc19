/** A part of a custom format: text that stands for itself, or a specifier such as `yyyy`. */
export type FormatToken = { readonly kind: 'text' | 'specifier'; readonly text: string };

/** Specifiers that are read as runs; `K`, `/` and `:` stand alone. */
const runs = 'dMyHhmsfFtgz';
const alone = 'K/:';

/** Splits a custom date format of .NET; undefined when a quote or an escape is not closed. */
export function readFormat(format: string): readonly FormatToken[] | undefined {
  const tokens: FormatToken[] = [];
  let index = 0;
  while (index < format.length) {
    const character = format[index] ?? '';
    if (character === "'" || character === '"') {
      const end = quotedEnd(format, index);
      if (end === -1) return undefined;
      tokens.push({ kind: 'text', text: format.slice(index + 1, end).replace(/\\(.)/gs, '$1') });
      index = end + 1;
    } else if (character === '\\') {
      if (index + 1 >= format.length) return undefined;
      tokens.push({ kind: 'text', text: format[index + 1] ?? '' });
      index += 2;
    } else if (character === '%') {
      // A sign that the one character after it is a custom format.
      if (index + 1 >= format.length || format[index + 1] === '%') return undefined;
      index += 1;
    } else if (runs.includes(character)) {
      let end = index + 1;
      while (format[end] === character) end += 1;
      tokens.push({ kind: 'specifier', text: format.slice(index, end) });
      index = end;
    } else {
      tokens.push({ kind: alone.includes(character) ? 'specifier' : 'text', text: character });
      index += 1;
    }
  }
  return tokens;
}

function quotedEnd(format: string, start: number): number {
  for (let index = start + 1; index < format.length; index += 1) {
    if (format[index] === '\\') index += 1;
    else if (format[index] === format[start]) return index;
  }
  return -1;
}

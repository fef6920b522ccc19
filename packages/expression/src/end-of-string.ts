/** One past the quote that closes a text which begins with that quote, or -1; a backslash escapes what follows it. */
export function endOfString(text: string, start: number): number {
  const quote = text[start] ?? '';
  for (let at = text.indexOf(quote, start + 1); at !== -1; at = text.indexOf(quote, at + 1)) {
    let backslashes = 0;
    while (at - 1 - backslashes > start && text[at - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return at + 1;
  }
  return -1;
}

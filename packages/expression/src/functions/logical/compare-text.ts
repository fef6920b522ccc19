/** Orders texts by their letters first and by case last, small before capital, as .NET's invariant culture does. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  const [a, b] = [left.toLowerCase(), right.toLowerCase()];
  if (a !== b)
    return isAscii(a) && isAscii(b) && /^[a-z0-9]*$/.test(a + b)
      ? a < b
        ? -1
        : 1
      : new Intl.Collator('en').compare(left, right);
  return left > right ? -1 : 1;
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 127) return false;
  return true;
}

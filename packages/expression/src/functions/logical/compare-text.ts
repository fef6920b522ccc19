const collator = new Intl.Collator('en');
const plain = /^[A-Za-z0-9]*$/;

/** Orders texts by their letters first and by case last, small before capital, as .NET's invariant culture does. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  if (!plain.test(left) || !plain.test(right)) return collator.compare(left, right) || (left < right ? -1 : 1);
  const [a, b] = [left.toLowerCase(), right.toLowerCase()];
  if (a !== b) return a < b ? -1 : 1;
  return left > right ? -1 : 1;
}

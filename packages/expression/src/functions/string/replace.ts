import { splitText } from '../../text-search.ts';
import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';
import { checkTextLength } from '../limits.ts';

/** Every occurrence, case-sensitive. */
export const replace: EagerFunction = {
  kind: 'eager',
  name: 'replace',
  parameters: ['string', 'string', 'string'],
  apply: ([given, old, replacement], _, meter) => {
    const [text, search, insert] = [given as string, old as string, replacement as string];
    if (search === '') throw invalidArgument('replace', 'expects its second parameter not to be empty.');
    // Of a long pattern there cannot be many occurrences.
    if (text.length <= pieceLength || search.length > longPattern) {
      const parts = splitText(text, search);
      checkTextLength('replace', text.length + (parts.length - 1) * (insert.length - search.length));
      return parts.join(insert);
    }
    return replacePieces(text, search, insert, (occurrences) => meter.charge(occurrences * costOfOccurrence));
  },
};

/** Long texts are replaced in pieces, so that their parts take no more memory than a piece has. */
const pieceLength = 2 ** 20;
const longPattern = 64;
const costOfOccurrence = 8;

function replacePieces(text: string, search: string, insert: string, note: (occurrences: number) => void): string {
  const pieces: string[] = [];
  let [at, length] = [0, 0];
  while (at < text.length) {
    const end = Math.min(at + pieceLength + search.length, text.length);
    const parts = text.slice(at, end).split(search);
    note(parts.length - 1);
    const last = parts.at(-1) ?? '';
    // What is left may hold the beginning of an occurrence that the piece cut off.
    const kept = end === text.length ? 0 : Math.min(last.length, search.length - 1);
    parts[parts.length - 1] = last.slice(0, last.length - kept);
    const piece = parts.join(insert);
    length += piece.length;
    checkTextLength('replace', length);
    pieces.push(piece);
    at = end - kept;
  }
  return pieces.join('');
}

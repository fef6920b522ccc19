/**
 * Puts a long text together from many short ones. A text that grows by `+=` keeps every part until somebody reads it, which takes many
 * times the memory of its characters; here parts are joined before there are many.
 */
export class TextBuilder {
  readonly #check: (length: number) => void;
  #joined: string[] = [];
  #pieces: string[] = [];
  #length = 0;

  /** `check` is told the length that the text is about to have, and throws when it is too much. */
  constructor(check: (length: number) => void) {
    this.#check = check;
  }

  append(piece: string): void {
    if (piece === '') return;
    this.#length += piece.length;
    this.#check(this.#length);
    this.#pieces.push(piece);
    if (this.#pieces.length < piecesBeforeJoining) return;
    this.#joined.push(this.#pieces.join(''));
    this.#pieces = [];
  }

  toString(): string {
    return [...this.#joined, ...this.#pieces].join('');
  }
}

const piecesBeforeJoining = 8192;

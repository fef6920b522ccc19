/** A word of a command line, quotes undone; variables of the shell stand as `{{NAME}}`. */
export type ShellWord = { readonly text: string; readonly offset: number };

/** One command with what stands before it as a comment and what it is given as input. */
export type ShellCommand = {
  readonly words: readonly ShellWord[];
  readonly comment: string;
  readonly input?: string;
};

export type SplitCommands = {
  readonly commands: readonly ShellCommand[];
  /** Where a quote begins that never ends. */
  readonly openQuote?: number;
};

/** Gathers words and commands while a text is read. */
export class CommandBuilder {
  readonly commands: ShellCommand[] = [];
  #words: ShellWord[] = [];
  #text: string[] | undefined;
  #offset = 0;
  #comment = '';
  #input: string | undefined;
  /** The next word belongs to a redirection: it is no argument. */
  #redirects = false;

  get isInWord(): boolean {
    return this.#text !== undefined;
  }

  /** Within `<…>` in a word. */
  get isInPlace(): boolean {
    return this.#text?.includes('<') === true;
  }

  get isAtStart(): boolean {
    return this.#words.length === 0 && this.#text === undefined;
  }

  /** Begins a word, which may stay empty, or continues it. */
  add(text: string, offset: number): void {
    if (this.#text === undefined) {
      this.#text = [];
      this.#offset = offset;
    }
    this.#text.push(text);
  }

  endWord(): void {
    if (this.#text === undefined) return;
    if (!this.#redirects) this.#words.push({ text: this.#text.join(''), offset: this.#offset });
    this.#redirects = false;
    this.#text = undefined;
  }

  redirect(): void {
    // A number before the sign is the stream's.
    if (this.#text !== undefined && /^\d*$/.test(this.#text.join(''))) this.#text = undefined;
    this.endWord();
    this.#redirects = true;
  }

  setInput(text: string): void {
    this.#input = text;
  }

  note(comment: string): void {
    if (this.isAtStart) this.#comment = comment;
  }

  endCommand(): void {
    this.endWord();
    this.#redirects = false;
    if (this.#words.length === 0) return;
    const input = this.#input;
    this.commands.push({ words: this.#words, comment: this.#comment, ...(input !== undefined && { input }) });
    this.#words = [];
    this.#comment = '';
    this.#input = undefined;
  }
}

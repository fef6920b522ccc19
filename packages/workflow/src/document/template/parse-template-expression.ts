/** An expression of an ARM template, the text between its brackets. */
export type TemplateExpression =
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly TemplateExpression[] }
  | { readonly kind: 'select'; readonly base: TemplateExpression; readonly by: TemplateExpression };

const maximumDepth = 100;

/** Whether a text of a template is an expression: in brackets, and not in two (ARM, "Syntax and expressions in ARM templates"). */
export function isTemplateExpression(text: string): boolean {
  return text.startsWith('[') && text.endsWith(']') && !text.startsWith('[[');
}

/** A text of a template that is no expression as what it means: of two brackets at its beginning one is an escape. */
export function unescapeTemplateText(text: string): string {
  return text.startsWith('[[') && text.endsWith(']') ? text.slice(1) : text;
}

/** A text as a template has to write it so that it is not taken for an expression. */
export function escapeTemplateText(text: string): string {
  return text.startsWith('[') && text.endsWith(']') ? `[${text}` : text;
}

/** Parses what stands between the brackets; `undefined` when it is no expression. */
export function parseTemplateExpression(text: string): TemplateExpression | undefined {
  const parser = new Parser(text);
  const found = parser.expression(0);
  return found !== undefined && parser.isAtEnd ? found : undefined;
}

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    this.#skipBlanks();
    return this.#at === this.#text.length;
  }

  expression(depth: number): TemplateExpression | undefined {
    if (depth > maximumDepth) return undefined;
    this.#skipBlanks();
    const literal = this.#match(/'((?:[^']|'')*)'/y);
    if (literal !== undefined) return { kind: 'literal', value: literal.slice(1, -1).replaceAll("''", "'") };
    const number = this.#match(/-?\d+/y);
    if (number !== undefined) return { kind: 'literal', value: Number(number) };
    const call = this.#call(depth);
    return call === undefined ? undefined : this.#selections(call, depth);
  }

  #call(depth: number): TemplateExpression | undefined {
    const name = this.#match(/[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/y);
    if (name === undefined || !this.#take('(')) return undefined;
    const found: TemplateExpression[] = [];
    if (this.#take(')')) return { kind: 'call', name, arguments: found };
    do {
      const argument = this.expression(depth + 1);
      if (argument === undefined) return undefined;
      found.push(argument);
    } while (this.#take(','));
    return this.#take(')') ? { kind: 'call', name, arguments: found } : undefined;
  }

  #selections(from: TemplateExpression, depth: number): TemplateExpression | undefined {
    let base = from;
    for (let count = 0; count < maximumDepth; count++) {
      if (this.#take('.')) {
        const name = this.#match(/\w+/y);
        if (name === undefined) return undefined;
        base = { kind: 'select', base, by: { kind: 'literal', value: name } };
      } else if (this.#take('[')) {
        const by = this.expression(depth + 1);
        if (by === undefined || !this.#take(']')) return undefined;
        base = { kind: 'select', base, by };
      } else return base;
    }
    return undefined;
  }

  #take(token: string): boolean {
    this.#skipBlanks();
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  #skipBlanks(): void {
    this.#match(/\s+/y);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}

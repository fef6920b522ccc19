import { TransformError } from '../errors.ts';
import { serializeXml } from '../xml/serialize-xml.ts';
import { TreeBuilder } from '../xml/tree-builder.ts';
import { readDate } from './date-format.ts';
import type { FieldLayout, FlatFile, Layout, RecordLayout } from './layout.ts';
import { readFlatFileSchema } from './read-flat-file-schema.ts';

export type FlatFileRequest = {
  readonly content: string;
  readonly schema: string;
  readonly schemas: Readonly<Record<string, string>>;
};

/** Reads a flat file by its schema and answers XML. Throws `TransformError`. */
export function decodeFlatFile({ content, schema, schemas }: FlatFileRequest): string {
  const flatFile = readFlatFileSchema(schema, schemas);
  const decoder = new Decoder(content.replace(/^\uFEFF/, ''), flatFile);
  const part = decoder.decode();
  const builder = new TreeBuilder({ next: 0 });
  build(part, builder);
  return serializeXml(builder.finish(), { declaration: true });
}

/** What was read, before it is XML. */
type Part =
  | { readonly kind: 'record'; readonly layout: RecordLayout; readonly parts: readonly Part[] }
  | { readonly kind: 'field'; readonly layout: FieldLayout; readonly text: string };

function build(part: Part, builder: TreeBuilder): void {
  const { name, namespace } = part.layout;
  // The root takes the prefix that the platform's own writer gives it; what has no namespace needs none.
  builder.start({ namespace, prefix: namespace === '' ? '' : 'ns0', local: name });
  if (part.kind === 'field') builder.text(part.text);
  else {
    for (const inner of part.parts) {
      if (inner.kind !== 'field' || !inner.layout.isAttribute) continue;
      builder.attribute({ namespace: inner.layout.namespace, prefix: '', local: inner.layout.name }, inner.text);
    }
    for (const inner of part.parts) if (inner.kind === 'record' || !inner.layout.isAttribute) build(inner, builder);
  }
  builder.end();
}

/** The text does not go on as the layout has it; where it may be otherwise, another way is tried. */
class Mismatch {
  readonly at: number;
  readonly expected: string;

  constructor(at: number, expected: string) {
    this.at = at;
    this.expected = expected;
  }
}

class Decoder {
  readonly #text: string;
  readonly #flatFile: FlatFile;
  /** Delimiters of the records around, outermost first. */
  readonly #delimiters: { readonly text: string; readonly escapeSign: string }[] = [];
  #at = 0;
  #furthest = new Mismatch(0, '');

  constructor(text: string, flatFile: FlatFile) {
    this.#text = text;
    this.#flatFile = flatFile;
  }

  decode(): Part {
    const part = this.#attempt(() => this.#record(this.#flatFile.root));
    if (part === undefined) throw this.#failure();
    // One line break more than the schema speaks of is how files end.
    if (/^(?:\r?\n)?$/.test(this.#text.slice(this.#at))) return part;
    this.#miss('the end');
    throw this.#failure();
  }

  #failure(): TransformError {
    const { at, expected } = this.#furthest;
    const before = this.#text.slice(0, at);
    const line = before.split('\n').length;
    const column = at - before.lastIndexOf('\n');
    const found = this.#text.slice(at, at + 20);
    const what = found === '' ? 'the end of the text' : JSON.stringify(found);
    return new TransformError(
      'ContentInvalid',
      `The flat file does not fit its schema at line ${line}, column ${column}: expected ${expected}, found ${what}.`,
    );
  }

  #miss(expected: string): Mismatch {
    const mismatch = new Mismatch(this.#at, expected);
    if (mismatch.at >= this.#furthest.at) this.#furthest = mismatch;
    return mismatch;
  }

  /** Goes back to where it was when what was tried does not fit. */
  #attempt<T>(read: () => T): T | undefined {
    const at = this.#at;
    const depth = this.#delimiters.length;
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Mismatch)) throw error;
      this.#at = at;
      this.#delimiters.length = depth;
      return undefined;
    }
  }

  #record(layout: RecordLayout): Part {
    if (layout.tag !== '') this.#tag(layout);
    const parts: Part[] = [];
    if (layout.structure === 'positional') for (const child of layout.children) this.#repeat(child, parts, layout);
    else {
      this.#delimiters.push({ text: layout.delimiter, escapeSign: layout.escapeSign });
      const state = { isFirst: true };
      for (const child of layout.children) this.#repeat(child, parts, layout, state);
      if (layout.order === 'infix') this.#skipTrailing(layout);
      this.#delimiters.pop();
    }
    return { kind: 'record', layout, parts };
  }

  #tag({ tag, tagOffset }: RecordLayout): void {
    if (!this.#text.startsWith(tag, this.#at + tagOffset)) throw this.#miss(`the tag "${tag}"`);
    this.#at += tagOffset + tag.length;
  }

  /** Delimiters after the last field that is there stand for fields that are not. */
  #skipTrailing({ delimiter, suppressesTrailing }: RecordLayout): void {
    if (delimiter === '' || suppressesTrailing || this.#delimiters.at(-2)?.text === delimiter) return;
    while (this.#text.startsWith(delimiter, this.#at)) {
      const next = this.#at + delimiter.length;
      const isOver =
        next === this.#text.length || this.#outerDelimiterAt(next) || this.#text.startsWith(delimiter, next);
      if (!isOver) return;
      this.#at = next;
    }
  }

  #repeat(layout: Layout, parts: Part[], parent: RecordLayout, state?: { isFirst: boolean }): void {
    for (let count = 0; count < layout.maxOccurs; count++) {
      const before = this.#at;
      const isFirst = state?.isFirst ?? false;
      const read = this.#attempt(() => this.#occurrence(layout, parent, state));
      if (read === undefined) {
        if (state !== undefined) state.isFirst = isFirst;
        if (count < layout.minOccurs) throw this.#furthest;
        return;
      }
      // What takes no room comes as often as it must.
      if (this.#at === before && count >= Math.max(1, layout.minOccurs)) return;
      if (this.#at === before && layout.kind !== 'field' && count >= layout.minOccurs) return;
      parts.push(...read);
      if (this.#at === before && layout.maxOccurs === Number.POSITIVE_INFINITY) return;
    }
  }

  #occurrence(layout: Layout, parent: RecordLayout, state: { isFirst: boolean } | undefined): readonly Part[] {
    if (layout.kind === 'group') return this.#group(layout, parent, state);
    if (state !== undefined) this.#before(parent, state);
    const part = layout.kind === 'record' ? this.#record(layout) : this.#field(layout, parent);
    if (state !== undefined && parent.order === 'postfix') this.#expect(parent.delimiter);
    if (part.kind === 'field' && part.text === '' && this.#leavesOut(part.layout)) return [];
    return [part];
  }

  #leavesOut(layout: FieldLayout): boolean {
    return this.#flatFile.settings.suppressesEmpty || (layout.minOccurs === 0 && layout.base !== 'string');
  }

  #group(
    layout: Extract<Layout, { kind: 'group' }>,
    parent: RecordLayout,
    state: { isFirst: boolean } | undefined,
  ): readonly Part[] {
    const isFirst = state?.isFirst ?? false;
    if (!layout.isChoice) {
      const parts: Part[] = [];
      for (const child of layout.children) this.#repeat(child, parts, parent, state);
      return parts;
    }
    for (const child of layout.children) {
      const parts: Part[] = [];
      const before = this.#at;
      const read = this.#attempt(() => {
        this.#repeat(child, parts, parent, state);
        return true;
      });
      if (read === true && this.#at > before) return parts;
      this.#at = before;
      if (state !== undefined) state.isFirst = isFirst;
    }
    throw this.#miss(`one of ${layout.children.map(nameOf).join(', ')}`);
  }

  /** The delimiter before a child, when there is one. */
  #before({ order, delimiter }: RecordLayout, state: { isFirst: boolean }): void {
    if (order === 'prefix' || (order === 'infix' && !state.isFirst)) this.#expect(delimiter);
    else if (order === 'postfix' && this.#isOver()) throw this.#miss('another record');
    state.isFirst = false;
  }

  #isOver(): boolean {
    return this.#at >= this.#text.length;
  }

  #expect(delimiter: string): void {
    if (delimiter === '') return;
    if (!this.#text.startsWith(delimiter, this.#at)) throw this.#miss(`the delimiter ${JSON.stringify(delimiter)}`);
    this.#at += delimiter.length;
  }

  #outerDelimiterAt(at: number): boolean {
    return this.#delimiters.slice(0, -1).some(({ text }) => text !== '' && this.#text.startsWith(text, at));
  }

  #field(layout: FieldLayout, parent: RecordLayout): Part {
    const raw = parent.structure === 'positional' ? this.#positional(layout) : this.#delimited(layout);
    const text = layout.pad === '' ? raw : unpad(raw, layout);
    const value = layout.dateFormat === '' || text === '' ? text : readDate(text, layout.dateFormat);
    if (value === undefined) throw this.#miss(`a date as ${layout.dateFormat} for "${layout.name}"`);
    return { kind: 'field', layout, text: value };
  }

  #positional({ name, offset, length = 0 }: FieldLayout): string {
    const start = this.#at + offset;
    const end = start + length;
    const isShort = end > this.#text.length;
    if (this.#flatFile.settings.endsEarly) {
      const line = this.#nextDelimiter(this.#at);
      if (line < end) {
        const text = this.#text.slice(Math.min(start, line), line);
        this.#at = line;
        return text;
      }
    } else if (isShort) throw this.#miss(`${length} characters of "${name}"`);
    this.#at = end;
    return this.#text.slice(start, end);
  }

  #delimited({ name, wrap }: FieldLayout): string {
    if (wrap !== '' && this.#text.startsWith(wrap, this.#at)) return this.#wrapped(wrap, name);
    const { escapeSign = '' } = this.#delimiters.at(-1) ?? {};
    const start = this.#at;
    const end = this.#nextDelimiter(start);
    this.#at = end;
    const text = this.#text.slice(start, end);
    return escapeSign === '' ? text : withoutEscapes(text, escapeSign);
  }

  /** Between two wrap characters everything is text; doubled, they are one. */
  #wrapped(wrap: string, name: string): string {
    let text = '';
    let at = this.#at + wrap.length;
    for (;;) {
      const end = this.#text.indexOf(wrap, at);
      if (end < 0) throw this.#miss(`the closing ${wrap} of "${name}"`);
      text += this.#text.slice(at, end);
      at = end + wrap.length;
      if (!this.#text.startsWith(wrap, at)) break;
      text += wrap;
      at += wrap.length;
    }
    this.#at = at;
    return text;
  }

  /** Where the nearest delimiter of any record around begins that no escape makes text. */
  #nextDelimiter(from: number): number {
    let nearest = this.#text.length;
    for (const { text, escapeSign } of this.#delimiters) {
      if (text === '') continue;
      let at = this.#text.indexOf(text, from);
      while (at >= 0 && escapeSign !== '' && isEscaped(this.#text, at, escapeSign, from))
        at = this.#text.indexOf(text, at + 1);
      if (at >= 0 && at < nearest) nearest = at;
    }
    return nearest;
  }
}

function nameOf(layout: Layout): string {
  return layout.kind === 'group' ? layout.children.map(nameOf).join(', ') : `"${layout.name}"`;
}

/** An odd number of escapes before it. */
function isEscaped(text: string, at: number, escapeSign: string, from: number): boolean {
  let count = 0;
  for (
    let before = at - escapeSign.length;
    before >= from && text.startsWith(escapeSign, before);
    before -= escapeSign.length
  )
    count++;
  return count % 2 === 1;
}

function withoutEscapes(text: string, escapeSign: string): string {
  let made = '';
  for (let at = 0; at < text.length; ) {
    if (text.startsWith(escapeSign, at) && at + escapeSign.length < text.length) at += escapeSign.length;
    made += text[at] ?? '';
    at++;
  }
  return made;
}

function unpad(text: string, { pad, justification }: FieldLayout): string {
  let [start, end] = [0, text.length];
  if (justification === 'left') while (end - start >= pad.length && text.endsWith(pad, end)) end -= pad.length;
  else while (end - start >= pad.length && text.startsWith(pad, start)) start += pad.length;
  return text.slice(start, end);
}

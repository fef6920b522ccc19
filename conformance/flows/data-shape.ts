import type { JsonValue } from '@patchbay/expression';

export type DataKind = 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';

/** What a text has to be, beyond a text. */
export type TextFormat =
  | 'timestamp'
  /** A time that says no zone. */
  | 'local-time'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'time-span'
  | 'time-zone'
  | 'uri'
  | 'data-uri'
  | 'base64'
  | 'xml'
  | 'json';

/** How a text holds something else. */
export type Encoding = 'json' | 'base64' | `split:${string}`;

/** How much a reason to think so weighs. */
export const weights = {
  literal: 1,
  usual: 3,
  used: 10,
  looped: 14,
  described: 60,
  declared: 40,
  checked: 100,
} as const;

const highestItemCount = 100;
const longestText = 10_000;

/**
 * What is known of one place in the data of a flow, from all that reads or writes it. Shapes that turn out to be of the same data are
 * united, with everything below them.
 */
export class DataShape {
  #united: DataShape | undefined;
  #kinds = new Map<DataKind, number>();
  #formats = new Map<TextFormat, number>();
  #constants: JsonValue[] = [];
  #choices: JsonValue[] = [];
  #given: JsonValue[] = [];
  #texts: string[] = [];
  #prefix = '';
  #suffix = '';
  #members = new Map<string, DataShape>();
  #item: DataShape | undefined;
  #contents = new Map<Encoding, DataShape>();
  #schema: { readonly [name: string]: JsonValue } | undefined;
  #minItems = 0;
  #minLength = 0;

  get #self(): DataShape {
    let shape: DataShape = this;
    while (shape.#united !== undefined) shape = shape.#united;
    return shape;
  }

  /** Whether two are of the same data. */
  is(other: DataShape): boolean {
    return this.#self === other.#self;
  }

  hint(kind: DataKind, weight: number): this {
    const { kinds } = this.#maps();
    kinds.set(kind, (kinds.get(kind) ?? 0) + weight);
    return this;
  }

  hintFormat(format: TextFormat, weight: number): this {
    const { formats } = this.#maps();
    formats.set(format, (formats.get(format) ?? 0) + weight);
    return this;
  }

  /** A value that it is compared with. */
  compare(value: JsonValue): this {
    const self = this.#self;
    if (!self.#constants.includes(value)) self.#constants.push(value);
    return this;
  }

  /** A value that it has to be, or one of several such. */
  choose(value: JsonValue): this {
    const self = this.#self;
    if (!self.#choices.includes(value)) self.#choices.push(value);
    return this;
  }

  /** A value that the definition itself gives it. */
  give(value: JsonValue): this {
    const self = this.#self;
    if (!self.#given.includes(value)) self.#given.push(value);
    return this;
  }

  /** A text that is looked for in it. */
  include(text: string, place: 'start' | 'end' | 'anywhere' = 'anywhere'): this {
    const self = this.#self;
    if (place === 'start') self.#prefix = self.#prefix === '' ? text : self.#prefix;
    else if (place === 'end') self.#suffix = self.#suffix === '' ? text : self.#suffix;
    else if (!self.#texts.includes(text)) self.#texts.push(text);
    return this;
  }

  needItems(count: number): this {
    const self = this.#self;
    self.#minItems = Math.max(self.#minItems, Math.min(count, highestItemCount));
    return this;
  }

  needLength(length: number): this {
    const self = this.#self;
    self.#minLength = Math.max(self.#minLength, Math.min(length, longestText));
    return this;
  }

  /** The first schema that describes it. */
  describe(schema: { readonly [name: string]: JsonValue }): this {
    this.#self.#schema ??= schema;
    return this;
  }

  member(name: string): DataShape {
    const self = this.#self;
    let found = self.#members.get(name);
    if (found === undefined) {
      found = new DataShape();
      self.#members.set(name, found);
    }
    return found;
  }

  item(): DataShape {
    const self = this.#self;
    self.#item ??= new DataShape();
    return self.#item;
  }

  content(encoding: Encoding): DataShape {
    const self = this.#self;
    let found = self.#contents.get(encoding);
    if (found === undefined) {
      found = new DataShape();
      self.#contents.set(encoding, found);
    }
    return found;
  }

  unite(other: DataShape): this {
    const [self, from] = [this.#self, other.#self];
    if (self === from) return this;
    from.#united = self;
    for (const [kind, weight] of from.#kinds) self.hint(kind, weight);
    for (const [format, weight] of from.#formats) self.hintFormat(format, weight);
    for (const value of from.#constants) self.compare(value);
    for (const value of from.#choices) self.choose(value);
    for (const value of from.#given) self.give(value);
    for (const text of from.#texts) self.include(text);
    if (from.#prefix !== '') self.include(from.#prefix, 'start');
    if (from.#suffix !== '') self.include(from.#suffix, 'end');
    self.needItems(from.#minItems).needLength(from.#minLength);
    if (from.#schema !== undefined) self.describe(from.#schema);
    // What only one of them has is adopted as it is: with copies, shapes that contain themselves would grow for ever.
    for (const [name, member] of from.#members) {
      const own = self.#members.get(name);
      if (own === undefined) self.#members.set(name, member);
      else own.unite(member);
    }
    for (const [encoding, content] of from.#contents) {
      const own = self.#contents.get(encoding);
      if (own === undefined) self.#contents.set(encoding, content);
      else own.unite(content);
    }
    if (from.#item !== undefined && self.#item !== undefined) self.#item.unite(from.#item);
    else self.#item ??= from.#item;
    return this;
  }

  /** What is known by now. */
  read() {
    const self = this.#self;
    return {
      identity: self,
      kinds: self.#kinds as ReadonlyMap<DataKind, number>,
      formats: self.#formats as ReadonlyMap<TextFormat, number>,
      constants: self.#constants as readonly JsonValue[],
      choices: self.#choices as readonly JsonValue[],
      given: self.#given as readonly JsonValue[],
      texts: self.#texts as readonly string[],
      prefix: self.#prefix,
      suffix: self.#suffix,
      members: self.#members as ReadonlyMap<string, DataShape>,
      item: self.#item,
      contents: self.#contents as ReadonlyMap<Encoding, DataShape>,
      schema: self.#schema,
      minItems: self.#minItems,
      minLength: self.#minLength,
    };
  }

  #maps() {
    const self = this.#self;
    return { kinds: self.#kinds, formats: self.#formats };
  }
}

/** The shape below a key as a definition writes it: `a/b` is a path. */
export function memberAtPath(shape: DataShape, path: string): DataShape {
  return path.split('/').reduce((found, name) => found.member(name), shape);
}

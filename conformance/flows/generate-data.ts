import type { JsonValue } from '@patchbay/expression';
import { textMatching } from '../generate-arguments.ts';
import type { DataKind, DataShape, TextFormat } from './data-shape.ts';
import { isObject, type JsonObject, listOf } from './json.ts';

/** `matching`: what the flow compares with; `other`: anything else, so that the other branches are taken. */
export type Variant = 'matching' | 'other';

type Known = ReturnType<DataShape['read']>;

/** What a reader of members or items needs, against what only hints at a kind. */
const structureWeight = 12;
const deepest = 14;

const texts: Readonly<Record<Exclude<TextFormat, 'json'>, string>> = {
  timestamp: '2026-01-31T12:00:00Z',
  integer: '1',
  number: '1.5',
  boolean: 'true',
  'time-span': '01:00:00',
  'time-zone': 'UTC',
  uri: 'https://example.com/path/of/it?name=value',
  base64: 'dGV4dA==',
  'data-uri': 'data:text/plain;base64,aGVsbG8=',
  xml: '<root><item id="1">text</item></root>',
};

/** Makes data of a shape. What is known of one place may contradict itself; then what is needed most wins. */
export function generateData(shape: DataShape, variant: Variant): JsonValue {
  return new DataGenerator(variant).generate(shape, []);
}

class DataGenerator {
  readonly #variant: Variant;

  constructor(variant: Variant) {
    this.#variant = variant;
  }

  generate(shape: DataShape, around: readonly DataShape[]): JsonValue {
    const known = shape.read();
    if (around.includes(known.identity) || around.length > deepest) return 'text';
    const kind = kindOf(known);
    const inside = [...around, known.identity];
    const constant = this.#constant(known, kind);
    if (constant !== undefined) return constant;
    switch (kind) {
      case 'object':
        return this.#object(known, inside);
      case 'array':
        return this.#array(known, inside);
      case 'integer':
      case 'number':
        return numberOf(known.schema);
      case 'boolean':
        return this.#variant === 'matching';
      case 'string':
        return this.#text(known, inside);
    }
  }

  #constant({ constants, schema }: Known, kind: DataKind): JsonValue | undefined {
    const fitting = constants.flatMap((value) => asKind(value, kind) ?? []);
    if (this.#variant === 'matching') return fitting[0];
    return listOf(schema?.['enum']).length > 0 ? fitting.at(-1) : undefined;
  }

  #object({ members }: Known, inside: readonly DataShape[]): JsonObject {
    return Object.fromEntries([...members].map(([name, member]) => [name, this.generate(member, inside)]));
  }

  #array({ item, minItems, texts: sought }: Known, inside: readonly DataShape[]): JsonValue {
    const count = Math.max(minItems, inside.length > 4 ? 1 : 2);
    if (item === undefined) return Array.from({ length: count }, (_, index) => sought[index] ?? 'text');
    return Array.from({ length: count }, () => this.generate(item, inside));
  }

  #text(known: Known, inside: readonly DataShape[]): string {
    const { contents, minLength, schema } = known;
    const held = this.#held(contents, inside);
    if (held !== undefined) return held;
    const pattern = schema?.['pattern'];
    if (typeof pattern === 'string') return textMatching(pattern);
    const [format] = heaviest(known.formats);
    if (format === 'json') return JSON.stringify(this.#object(known, inside));
    const plain = format === undefined ? 'text' : texts[format];
    const parts = [plain, ...known.texts.filter((text) => !plain.includes(text))];
    const middle = format === undefined ? parts.join(' ') : plain;
    const text = `${known.prefix}${middle}${known.suffix}`;
    const limit = schema?.['maxLength'];
    return text.padEnd(minLength, 'x').slice(0, typeof limit === 'number' ? limit : undefined);
  }

  /** The text of what is read out of it. */
  #held(contents: Known['contents'], inside: readonly DataShape[]): string | undefined {
    const json = contents.get('json');
    if (json !== undefined) return JSON.stringify(this.generate(json, inside));
    const base64 = contents.get('base64');
    if (base64 !== undefined) return Buffer.from(textOf(this.generate(base64, inside))).toString('base64');
    const splits = [...contents].flatMap(([encoding, parts]) =>
      encoding.startsWith('split:') ? [{ delimiter: encoding.slice('split:'.length), parts }] : [],
    );
    const [most] = splits.toSorted((left, right) => right.parts.read().minItems - left.parts.read().minItems);
    if (most === undefined) return undefined;
    return listOf(this.generate(most.parts, inside)).map(textOf).join(most.delimiter);
  }
}

/** The kind that most speaks for; a text where nothing does. */
function kindOf({ kinds, members, item, contents, constants }: Known): DataKind {
  const scores = new Map<DataKind, number>(kinds);
  const add = (kind: DataKind, weight: number): void => void scores.set(kind, (scores.get(kind) ?? 0) + weight);
  if (members.size > 0) add('object', structureWeight + members.size);
  if (item !== undefined) add('array', structureWeight);
  if (contents.size > 0 && members.size === 0) add('string', structureWeight);
  if (constants.some((value) => typeof value === 'string')) add('string', 1);
  return heaviest(scores)[0] ?? 'string';
}

function heaviest<Key>(weights: ReadonlyMap<Key, number>): readonly Key[] {
  return [...weights].toSorted((left, right) => right[1] - left[1]).map(([key]) => key);
}

function asKind(value: JsonValue, kind: DataKind): JsonValue | undefined {
  switch (kind) {
    case 'string':
      return typeof value === 'object' ? undefined : String(value);
    case 'integer':
    case 'number':
      return typeof value === 'number' ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    default:
      return undefined;
  }
}

function numberOf(schema: JsonObject | undefined): number {
  const { minimum, maximum } = schema ?? {};
  if (typeof minimum === 'number') return Math.ceil(minimum);
  return typeof maximum === 'number' ? Math.min(1, maximum) : 1;
}

function textOf(value: JsonValue): string {
  return typeof value === 'string'
    ? value
    : isObject(value) || Array.isArray(value)
      ? JSON.stringify(value)
      : String(value);
}

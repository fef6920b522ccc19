import type { JsonValue } from '@patchbay/expression';
import { textMatching } from '../generate-arguments.ts';
import { type DataKind, type DataShape, type TextFormat, weights } from './data-shape.ts';
import { isObject, type JsonObject, listOf } from './json.ts';
import { writeXml } from './write-xml.ts';

/** `matching`: what the flow compares with; `other`: anything else, so that the other branches are taken. */
export type Variant = 'matching' | 'other';

type Known = ReturnType<DataShape['read']>;

/** What a reader of members or items needs, against what only hints at a kind. */
const structureWeight = 12;
const deepest = 14;
/** Shapes that are parts of one another in many ways would go on for ever. */
const mostValues = 20_000;

const texts: Readonly<Record<Exclude<TextFormat, 'json'>, string>> = {
  timestamp: '2026-01-31T12:00:00Z',
  'local-time': '2026-01-31T12:00:00',
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
  #left = mostValues;

  constructor(variant: Variant) {
    this.#variant = variant;
  }

  generate(shape: DataShape, around: readonly DataShape[]): JsonValue {
    const known = shape.read();
    this.#left -= 1;
    if (around.includes(known.identity) || around.length > deepest || this.#left < 0) return 'text';
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

  /** Of what it may be alone, what the flow compares with, if that is one of it. */
  #constant({ constants, choices }: Known, kind: DataKind): JsonValue | undefined {
    const compared = constants.flatMap((value) => asKind(value, kind) ?? []);
    const offered = choices.flatMap((value) => asKind(value, kind) ?? []);
    if (offered.length === 0) return this.#variant === 'matching' ? compared[0] : undefined;
    const matching = offered.find((value) => compared.includes(value)) ?? offered[0];
    return this.#variant === 'matching'
      ? matching
      : (offered.findLast((value) => !compared.includes(value)) ?? matching);
  }

  /** What is looked for in an object is a name. */
  #object({ members, texts: sought }: Known, inside: readonly DataShape[]): JsonObject {
    const finite = [...members].filter(([, member]) => !inside.includes(member.read().identity));
    return {
      ...Object.fromEntries(sought.map((name) => [name, 'text'])),
      ...Object.fromEntries(finite.map(([name, member]) => [name, this.generate(member, inside)])),
    };
  }

  #array({ item, minItems, texts: sought }: Known, inside: readonly DataShape[]): JsonValue {
    const count = Math.max(minItems, inside.length > 4 ? 1 : 2);
    if (item === undefined) return Array.from({ length: count }, (_, index) => sought[index] ?? 'text');
    return Array.from({ length: count }, () => this.generate(item, inside));
  }

  #text(known: Known, inside: readonly DataShape[]): string {
    const { minLength, schema } = known;
    const held = this.#held(known, inside);
    if (held !== undefined) return held;
    const pattern = schema?.['pattern'];
    if (typeof pattern === 'string') return textMatching(pattern);
    const [format] = heaviest(known.formats);
    if (format === 'json') return JSON.stringify(this.#object(known, inside));
    // What is put before a Z is a time without one.
    if (format === 'timestamp' && known.formats.has('local-time')) return texts['local-time'];
    const plain = format === undefined ? 'text' : texts[format];
    const parts = [plain, ...known.texts.filter((text) => !plain.includes(text))];
    const middle = format === undefined ? parts.join(' ') : plain;
    const text = `${known.prefix}${middle}${known.suffix}`;
    const limit = schema?.['maxLength'];
    return text.padEnd(minLength, 'x').slice(0, typeof limit === 'number' ? limit : undefined);
  }

  /** The text of what is read out of it. */
  #held({ contents, formats, texts: sought }: Known, inside: readonly DataShape[]): string | undefined {
    const json = contents.get('json');
    if (json !== undefined) {
      const value = isOpen(json.read()) ? {} : this.generate(json, inside);
      if (heaviest(formats)[0] === 'xml' && isObject(value)) return writeXml(value);
      const further = Object.fromEntries(sought.map((text) => [text, text]));
      return JSON.stringify(isObject(value) ? { ...value, ...further } : value);
    }
    const base64 = contents.get('base64');
    if (base64 !== undefined) return Buffer.from(textOf(this.generate(base64, inside))).toString('base64');
    const splits = [...contents].flatMap(([encoding, parts]) =>
      encoding.startsWith('split:') ? [{ delimiter: encoding.slice('split:'.length), parts }] : [],
    );
    return splits.length === 0 ? undefined : this.#joined(splits, inside);
  }

  /** A text that can be split in each of several ways: the last part of one is what another makes parts of. */
  #joined(
    splits: readonly { readonly delimiter: string; readonly parts: DataShape }[],
    inside: readonly DataShape[],
  ): string {
    const longestFirst = splits.toSorted((left, right) => right.delimiter.length - left.delimiter.length);
    return longestFirst.reduceRight((rest, { delimiter, parts }) => {
      const made = listOf(this.generate(parts, inside)).map(textOf);
      return [...made.slice(0, -1), rest === '' ? (made.at(-1) ?? '') : rest].join(delimiter);
    }, '');
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

/** Whether nothing is known of what a text holds: it might be anything. */
function isOpen({ kinds, members, item, contents, constants, choices }: Known): boolean {
  const isHinted = [...kinds.values()].some((weight) => weight > weights.literal);
  return (
    !isHinted &&
    item === undefined &&
    [members, contents].every(({ size }) => size === 0) &&
    constants.length + choices.length === 0
  );
}

function heaviest<Key>(scores: ReadonlyMap<Key, number>): readonly Key[] {
  return [...scores].toSorted((left, right) => right[1] - left[1]).map(([key]) => key);
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

import type {
  JsonValue,
  SchemaModel,
  XmlAttributeUse,
  XmlComplexType,
  XmlElementUse,
  XmlSimpleType,
  XmlTypeUse,
} from '../model.ts';
import { namespaces } from '../xml/xml-namespaces.ts';
import { builtInType } from './built-in-types.ts';
import { readLexical } from './lexical-value.ts';
import type { TypeReader } from './type-reader.ts';
import { hasWildcard, jsonKindOf, membersOf, requiredChoices } from './xml-members.ts';

/** More names than this help nobody who chooses one. */
const maxDerived = 200;

/** The schemas of the JSON that complex types become, by the names under which a connector shares them. */
export class TypeSchemas {
  readonly #reader: TypeReader;
  readonly #names = new Map<string, string>();
  readonly #derived = new Map<string, string[]>();

  /** `reader` has read every type that is reached. */
  constructor(reader: TypeReader) {
    this.#reader = reader;
    const taken = new Set<string>();
    for (const [key, type] of reader.types) {
      const words = key
        .replace(/^\{[^}]*\}\/?/, '')
        .split('/')
        .filter((word) => word !== '');
      const base = words.join('_').replace(/[^\p{L}\p{N}_.-]+/gu, '_') || 'Type';
      let name = base;
      for (let number = 2; taken.has(name); number += 1) name = `${base}_${number}`;
      taken.add(name);
      this.#names.set(key, name);
      if (type.base === undefined || type.name === undefined) continue;
      this.#derived.set(type.base, [...(this.#derived.get(type.base) ?? []), key]);
    }
  }

  /** Every shared schema. */
  all(): ReadonlyMap<string, SchemaModel> {
    return new Map([...this.#names].map(([key, name]) => [name, this.ofType(key)]));
  }

  /** An element's value, with what its declaration says for forms. */
  ofElement(use: XmlElementUse): SchemaModel {
    const { schema, description } = this.#reader.notes.get(use) ?? {};
    const shape = schema ?? this.ofUse(use.type);
    return { ...shape, ...describe(description), ...(use.nillable && { nullable: true }), ...defaults(use, shape) };
  }

  ofUse(type: XmlTypeUse): SchemaModel {
    if (type.kind === 'any') return { kind: 'any' };
    if (type.kind !== 'complex') return shapeOf(type);
    const name = this.#names.get(type.key);
    return name === undefined ? { kind: 'any' } : { kind: 'reference', name };
  }

  /** A complex type's value, itself rather than a reference to it. */
  ofType(key: string): SchemaModel {
    const type = this.#reader.types.get(key);
    if (type === undefined) return { kind: 'any' };
    const about = describe(this.#reader.descriptions.get(key));
    const text = type.text && (this.#reader.texts.get(key) ?? shapeOf(type.text));
    if (type.array !== undefined) return { kind: 'array', items: this.ofUse(type.array.item), ...about };
    if (text !== undefined && jsonKindOf(type) === 'text') return { ...text, ...about };
    const attributes = type.attributes.map((one): [string, SchemaModel] => [one.member, this.#ofAttribute(one)]);
    const choices = this.#derivedNames(key);
    const members = [...membersOf(type.content)];
    return {
      kind: 'object',
      properties: new Map<string, SchemaModel>([
        ...(choices.length > 0 ? [['@xsi:type', derivedSchema(choices)] as const] : []),
        ...attributes,
        ...(text === undefined ? [] : [['#text', text] as const]),
        ...(type.mixed === true ? [['#text', { kind: 'string' } as const] as const] : []),
        ...members.map(([name, { use, repeats, min }]): [string, SchemaModel] => {
          const value = this.ofElement(use);
          const constraints = min > 1 ? { constraints: { minItems: min } } : {};
          return [name, repeats ? { kind: 'array', items: value, ...constraints } : value];
        }),
      ]),
      required: [
        ...type.attributes.filter(({ required }) => required).map(({ member }) => member),
        ...members.filter(([, { use, isCertain }]) => isCertain && !use.nillable).map(([name]) => name),
      ],
      additionalProperties: hasWildcard(type.content) || type.anyAttribute === true || choices.length > 0,
      ...describe(joinLines(this.#reader.descriptions.get(key), choiceText(type))),
    };
  }

  #ofAttribute(use: XmlAttributeUse): SchemaModel {
    const { schema, description } = this.#reader.notes.get(use) ?? {};
    const shape = schema ?? shapeOf(use.type);
    return { ...shape, ...describe(description), ...defaults(use, shape) };
  }

  /** The names of the types that may stand where a type is declared, when there are any. */
  #derivedNames(key: string): readonly string[] {
    const found = new Set<string>();
    const pending = [...(this.#derived.get(key) ?? [])];
    for (let next = pending.pop(); next !== undefined && found.size < maxDerived; next = pending.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      pending.push(...(this.#derived.get(next) ?? []));
    }
    const usable = [...found].filter((one) => this.#reader.types.get(one)?.abstract !== true);
    return usable.map((one) => this.#reader.types.get(one)?.name?.local ?? '').sort();
  }
}

/** Which members have to be chosen from, which JSON Schema's plain words for objects cannot say. */
function choiceText({ content }: XmlComplexType): string | undefined {
  const sentences = requiredChoices(content).map((branches) => {
    const names = branches.map((members) => members.join(' and ')).filter((text) => text !== '');
    return `One of these has to be given: ${names.slice(0, 20).join('; ')}.`;
  });
  return sentences.length === 0 ? undefined : sentences.join('\n');
}

function joinLines(...texts: readonly (string | undefined)[]): string | undefined {
  const stated = texts.filter((text) => text !== undefined);
  return stated.length === 0 ? undefined : stated.join('\n');
}

function derivedSchema(choices: readonly string[]): SchemaModel {
  return {
    kind: 'string',
    description: `Which type this is, when it is not the declared one: ${choices.slice(0, 20).join(', ')}.`,
    visibility: 'advanced',
  };
}

function shapeOf(type: XmlSimpleType): SchemaModel {
  if (type.kind === 'list') return { kind: 'array', items: shapeOf(type.item) };
  if (type.kind === 'union') return { kind: 'anyOf', members: type.members.map(shapeOf) };
  const builtIn = builtInType({ namespace: namespaces.schema, local: type.builtIn });
  return builtIn === undefined || builtIn.kind === 'any' ? { kind: 'string' } : builtIn.shape;
}

function describe(description: string | undefined): { readonly description?: string } {
  return description === undefined ? {} : { description };
}

function defaults(
  use: XmlElementUse | XmlAttributeUse,
  shape: SchemaModel,
): { readonly default?: JsonValue; readonly enum?: readonly JsonValue[] } {
  const text = use.fixed ?? use.default;
  if (text === undefined) return {};
  const value = readLexical(shape, text);
  return use.fixed === undefined ? { default: value } : { default: value, enum: [value] };
}

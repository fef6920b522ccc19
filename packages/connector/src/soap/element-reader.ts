import {
  attributeOf,
  isElement,
  type JsonObject,
  type JsonValue,
  namespaces,
  textOf,
  type XmlElement,
  type XmlElementUse,
  type XmlSimpleType,
  type XmlTypeUse,
} from '@patchbay/definition';
import { ConnectorError } from '../errors.ts';
import { readSimple, resolveText } from './read-simple.ts';
import type { OpenType, XmlTypeTable } from './xml-type-table.ts';

/** References inside of an answer may multiply it; more of them, or more values, than this are refused. */
const maxReferences = 50_000;
const maxValues = 1_000_000;
const maxDepth = 400;

/** Reads the elements of one answer into JSON, as their types say. Names decide, not prefixes or order; unknown elements are kept. */
export class ElementReader {
  readonly #types: XmlTypeTable;
  readonly #root: XmlElement;
  #byId: ReadonlyMap<string, XmlElement> | undefined;
  #references = 0;
  #values = 0;
  #depth = 0;

  /** `root` is where elements are that others refer to by `href`. */
  constructor(types: XmlTypeTable, root: XmlElement) {
    this.#types = types;
    this.#root = root;
  }

  /** An element's value. Throws `response-not-soap` when references multiply it beyond what is read. */
  read(use: Pick<XmlElementUse, 'type' | 'default'>, element: XmlElement): JsonValue {
    return this.#bounded(() => {
      const at = this.#follow(element);
      if (isNil(at)) return null;
      const actual = this.#actual(use.type, at);
      if (actual.kind === 'complex') return this.#complex(actual.opened, actual.isStated, at);
      if (actual.kind === 'any') return this.#other(at, at.namespace);
      const text = textOf(at);
      return readSimple(actual.type, text === '' && use.default !== undefined ? use.default : text, at);
    });
  }

  /** Elements that no declaration names, by their local names: arrays where one comes more than once. */
  others(elements: readonly XmlElement[], namespace: string): readonly (readonly [string, JsonValue])[] {
    const found = new Map<string, JsonValue[]>();
    for (const element of elements) {
      const value = this.#bounded(() => this.#other(this.#follow(element), namespace));
      const same = found.get(element.local);
      if (same === undefined) found.set(element.local, [value]);
      else same.push(value);
    }
    return [...found].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? null) : values]);
  }

  #bounded<T>(read: () => T): T {
    this.#values += 1;
    this.#depth += 1;
    if (this.#values > maxValues || this.#depth > maxDepth) {
      throw tooMany();
    }
    const value = read();
    this.#depth -= 1;
    return value;
  }

  /** The element that an empty one refers to (SOAP 1.1 §5.4.1, SOAP 1.2 Part 2 §3.1.5). */
  #follow(element: XmlElement): XmlElement {
    const reference =
      attributeOf(element, 'href') ?? attributeOf(element, 'ref', namespaces.encoding12) ?? attributeOf(element, 'ref');
    if (reference === undefined || element.children.some(isElement)) return element;
    this.#references += 1;
    if (this.#references > maxReferences) throw tooMany();
    this.#byId ??= indexById(this.#root);
    return this.#byId.get(reference.replace(/^#/, '')) ?? element;
  }

  /** The type that an element says it is of, where that may stand for the declared one; else the declared one. */
  #actual(declared: XmlTypeUse, at: XmlElement): Actual {
    const stated = attributeOf(at, 'type', namespaces.instance);
    if (stated !== undefined) {
      const name = resolveText(stated.trim(), at);
      const from = declared.kind === 'complex' ? declared.key : undefined;
      const opened =
        declared.kind === 'complex' || declared.kind === 'any' ? this.#types.derived(from, name) : undefined;
      if (opened !== undefined) return { kind: 'complex', opened, isStated: opened.key !== from };
      const isBuiltIn = name.namespace === namespaces.schema || name.namespace === namespaces.encoding11;
      if (declared.kind === 'any' && isBuiltIn && name.local !== 'anyType' && !at.children.some(isElement)) {
        return { kind: 'simple', type: { kind: 'atomic', builtIn: name.local } };
      }
    }
    if (declared.kind === 'any') return declared;
    if (declared.kind !== 'complex') return { kind: 'simple', type: declared };
    const opened = this.#types.open(declared.key);
    return opened === undefined ? { kind: 'any' } : { kind: 'complex', opened, isStated: false };
  }

  #complex(opened: OpenType, isStated: boolean, at: XmlElement): JsonValue {
    const { type, kind } = opened;
    if (kind === 'array' && type.array !== undefined) {
      const item = { type: type.array.item };
      return at.children.filter(isElement).map((child) => this.read(item, child));
    }
    if (kind === 'text' && type.text !== undefined && !isStated) return readSimple(type.text, textOf(at), at);
    const said: [string, JsonValue][] = isStated ? [['@xsi:type', type.name?.local ?? '']] : [];
    const attributes = readAttributes(opened, at);
    if (type.text !== undefined) {
      return Object.fromEntries([...said, ...attributes, ['#text', readSimple(type.text, textOf(at), at)]]);
    }
    const text = type.mixed === true ? textOf(at).trim() : '';
    const mixed: [string, JsonValue][] = text === '' ? [] : [['#text', text]];
    return Object.fromEntries([...said, ...attributes, ...mixed, ...this.#members(opened, at)]);
  }

  #members({ members, byName }: OpenType, at: XmlElement): readonly (readonly [string, JsonValue])[] {
    const found = new Map<string, JsonValue[]>();
    const others: XmlElement[] = [];
    for (const child of at.children.filter(isElement)) {
      const member = byName.get(`{${child.namespace}}${child.local}`) ?? byName.get(child.local);
      if (member === undefined) {
        others.push(child);
        continue;
      }
      const values = found.get(member.use.member) ?? [];
      values.push(this.read(member.use, child));
      found.set(member.use.member, values);
    }
    const known = [...members].flatMap(([name, { repeats, isChosen }]): [string, JsonValue][] => {
      const values = found.get(name);
      // A list that is empty is a list; a branch that was not chosen is not there.
      if (values === undefined) return repeats && !isChosen ? [[name, []]] : [];
      return [[name, repeats || values.length > 1 ? values : (values[0] ?? null)]];
    });
    const further = this.others(others, at.namespace).filter(([name]) => !members.has(name));
    return [...known, ...further];
  }

  /** A value without a declaration: text, or an object with attributes as `@name` and, where the namespace changes, `@xmlns`. */
  #other(at: XmlElement, namespace: string): JsonValue {
    if (isNil(at)) return null;
    const actual = this.#actual({ kind: 'any' }, at);
    if (actual.kind === 'complex') return this.#complex(actual.opened, true, at);
    const text = textOf(at);
    const elements = at.children.filter(isElement);
    const about: [string, JsonValue][] = at.namespace === namespace ? [] : [['@xmlns', at.namespace]];
    for (const { local, namespace: own, value } of at.attributes) {
      if (own !== namespaces.instance) about.push([own === namespaces.xml ? `@xml:${local}` : `@${local}`, value]);
    }
    const value = actual.kind === 'simple' ? readSimple(actual.type, text, at) : text;
    if (elements.length === 0 && about.length === 0) return value;
    const isBlank = elements.length > 0 ? text.trim() === '' : text === '';
    return Object.fromEntries([
      ...about,
      ...(isBlank ? [] : [['#text', value] as const]),
      ...this.others(elements, at.namespace),
    ]) as JsonObject;
  }
}

type Actual =
  | { readonly kind: 'any' }
  | { readonly kind: 'simple'; readonly type: XmlSimpleType }
  | { readonly kind: 'complex'; readonly opened: OpenType; readonly isStated: boolean };

function readAttributes({ type }: OpenType, at: XmlElement): readonly (readonly [string, JsonValue])[] {
  return at.attributes.flatMap(({ local, namespace, value }): [string, JsonValue][] => {
    const use =
      type.attributes.find(({ name }) => name.local === local && name.namespace === namespace) ??
      type.attributes.find(({ name }) => name.local === local);
    if (use !== undefined) return [[use.member, readSimple(use.type, value, at)]];
    const isOwn = namespace !== namespaces.instance && type.anyAttribute === true;
    return isOwn ? [[namespace === namespaces.xml ? `@xml:${local}` : `@${local}`, value]] : [];
  });
}

function tooMany(): ConnectorError {
  return new ConnectorError('response-not-soap', 'The answer refers to itself more often than is read.');
}

function isNil(element: XmlElement): boolean {
  const nil = attributeOf(element, 'nil', namespaces.instance)?.trim();
  return nil === 'true' || nil === '1';
}

function indexById(root: XmlElement): ReadonlyMap<string, XmlElement> {
  const index = new Map<string, XmlElement>();
  const pending = [root];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const id = attributeOf(next, 'id') ?? attributeOf(next, 'id', namespaces.encoding12);
    if (id !== undefined && !index.has(id)) index.set(id, next);
    pending.push(...next.children.filter(isElement));
  }
  return index;
}

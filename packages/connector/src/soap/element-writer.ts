import {
  type JsonObject,
  type JsonValue,
  namespaces,
  type SoapVersion,
  type XmlAttributeUse,
  type XmlElementUse,
  type XmlName,
  type XmlTypeUse,
} from '@patchbay/definition';
import { closestNames } from '../closest-names.ts';
import { ConnectorError } from '../errors.ts';
import { escapeAttribute, escapeText } from './escape-xml.ts';
import type { Prefixes } from './prefixes.ts';
import { Supply } from './supply.ts';
import { writeContent } from './write-content.ts';
import { attributeName, isObject, maxDepth, own, tooDeep, writeInside, writeOther } from './write-other.ts';
import { mismatch, parseName, writeSimple } from './write-simple.ts';
import type { OpenType, XmlTypeTable } from './xml-type-table.ts';

type Inside = { readonly attributes: string; readonly content: string };

/** Writes the elements of one message from JSON, as their types want them. */
export class ElementWriter {
  readonly #types: XmlTypeTable;
  readonly #prefixes: Prefixes;
  /** The SOAP encoding, when every element has to say its type. */
  readonly #encoding: SoapVersion | undefined;
  #depth = 0;

  constructor(types: XmlTypeTable, prefixes: Prefixes, encoding: SoapVersion | undefined) {
    this.#types = types;
    this.#prefixes = prefixes;
    this.#encoding = encoding;
  }

  /** One element. Throws `parameter-missing` and `parameter-invalid` that name the member. */
  readonly write = (use: XmlElementUse, value: JsonValue, path: string): string => {
    this.#depth += 1;
    if (this.#depth > maxDepth) throw tooDeep(path);
    const tag = this.#prefixes.write(use.name);
    const { attributes, content } = this.#inside(use, value, path);
    this.#depth -= 1;
    return content === '' ? `<${tag}${attributes}/>` : `<${tag}${attributes}>${content}</${tag}>`;
  };

  /** Elements by their members of an object; what none of them takes is refused. */
  writeMembers(uses: readonly XmlElementUse[], value: JsonObject, path: string): string {
    const known = uses.map(({ member }) => member);
    const unknown = Object.keys(value).find((name) => !known.includes(name));
    if (unknown !== undefined) throw unknownMember(unknown, known, path);
    return uses
      .map((use) => {
        const given = own(value, use.member);
        if (given !== undefined && (given !== null || use.nillable)) {
          return this.write(use, given, `${path}/${use.member}`);
        }
        // A part of an encoded message may always be nil (SOAP 1.1 §5.1).
        if (use.min === 0) return '';
        if (use.nillable || this.#encoding !== undefined) {
          return this.write({ ...use, nillable: true }, null, `${path}/${use.member}`);
        }
        throw new ConnectorError('parameter-missing', `${path}/${use.member} is required and was not given.`);
      })
      .join('');
  }

  #inside({ type, name, nillable }: XmlElementUse, value: JsonValue, path: string): Inside {
    if (value === null) {
      if (!nillable && type.kind !== 'any') throw mismatch(value, path, 'a value');
      return { attributes: ' xsi:nil="true"', content: '' };
    }
    if (type.kind === 'any') return this.#any(name, value, path);
    if (type.kind === 'complex') return this.#complex(this.#types.open(type.key), value, name, path);
    const content = escapeText(writeSimple(type, value, path, this.#prefixes), path);
    return { attributes: this.#encodedType(type), content };
  }

  /** A value of no declared type: of a named one where it says so, else as it is. */
  #any(name: XmlName, value: JsonValue, path: string): Inside {
    const stated = isObject(value) ? own(value, '@xsi:type') : undefined;
    const named = typeof stated === 'string' ? this.#types.derived(undefined, toWanted(stated)) : undefined;
    if (named !== undefined && isObject(value)) return this.#complex(named, value, name, path, true);
    return writeInside(value, name.namespace, path, this.#prefixes, this.#depth);
  }

  #complex(declared: OpenType | undefined, value: JsonValue, name: XmlName, path: string, isStated = false): Inside {
    if (declared === undefined) return writeInside(value, name.namespace, path, this.#prefixes, this.#depth);
    const opened = isStated ? declared : this.#actual(declared, value, path);
    const mustSay = isStated || opened !== declared || this.#encoding !== undefined;
    if (opened.kind === 'array') return this.#array(opened, value, path);
    const typeName = mustSay ? opened.type.name : undefined;
    const says = typeName === undefined ? '' : this.#typeAttribute(typeName);
    const { attributes, content } = this.#value(opened, value, name, path);
    return { attributes: says + attributes, content };
  }

  /** The type that a value says it is of, or the declared one. */
  #actual(declared: OpenType, value: JsonValue, path: string): OpenType {
    const stated = isObject(value) ? own(value, '@xsi:type') : undefined;
    const found = typeof stated === 'string' ? this.#types.derived(declared.key, toWanted(stated)) : declared;
    if (found !== undefined && found.type.abstract !== true) return found;
    const known = this.#types.namesFor(declared.key).slice(0, 12).join(', ');
    throw new ConnectorError(
      found === undefined ? 'parameter-invalid' : 'parameter-missing',
      `${path} has to say in "@xsi:type" which type it is. It can be ${known === '' ? 'none' : known}.`,
    );
  }

  #value(opened: OpenType, value: JsonValue, name: XmlName, path: string): Inside {
    const { type } = opened;
    if (type.text !== undefined) {
      const object = isObject(value) ? value : undefined;
      const text = object === undefined || own(object, '$content') !== undefined ? value : own(object, '#text');
      const attributes = this.#attributes(opened, object ?? {}, path);
      if (text === undefined || text === null) return { attributes, content: '' };
      return { attributes, content: escapeText(writeSimple(type.text, text, path, this.#prefixes), path) };
    }
    if (!isObject(value)) throw mismatch(value, path, 'an object');
    return { attributes: this.#attributes(opened, value, path), content: this.#content(opened, value, name, path) };
  }

  #attributes({ type }: OpenType, value: JsonObject, path: string): string {
    let written = '';
    for (const use of type.attributes) {
      const given = own(value, use.member) ?? (use.required ? use.fixed : undefined);
      if (given !== undefined && given !== null) written += this.#attribute(use, given, `${path}/${use.member}`);
      else if (use.required) {
        throw new ConnectorError('parameter-missing', `${path}/${use.member} is required and was not given.`);
      }
    }
    if (type.anyAttribute !== true) return written;
    const known = new Set(type.attributes.map(({ member }) => member));
    for (const [member, given] of Object.entries(value)) {
      if (!member.startsWith('@') || known.has(member) || /^@xsi:|^@xmlns/.test(member) || given === null) continue;
      const at = `${path}/${member}`;
      written += ` ${attributeName(member, at)}="${escapeAttribute(String(given), at)}"`;
    }
    return written;
  }

  #attribute({ name, type }: XmlAttributeUse, value: JsonValue, path: string): string {
    const text = writeSimple(type, value, path, this.#prefixes);
    return ` ${this.#prefixes.write(name)}="${escapeAttribute(text, path)}"`;
  }

  #content(opened: OpenType, value: JsonObject, name: XmlName, path: string): string {
    const { type, members } = opened;
    const text = type.mixed === true ? own(value, '#text') : undefined;
    const start = text === undefined || text === null ? '' : escapeText(String(text), `${path}/#text`);
    const others = this.#others(opened, value, path);
    const supply = new Supply(value, members, ({ use }) => this.#types.isArrayValued(use), path);
    let hasWritten = false;
    const written =
      type.content === undefined
        ? ''
        : writeContent(
            {
              supply,
              path,
              writeElement: this.write,
              namesIn: this.#types.namesIn,
              writeOthers: () => {
                if (hasWritten) return '';
                hasWritten = true;
                return others
                  .map(([member, item]) =>
                    writeOther(member, item, name.namespace, `${path}/${member}`, this.#prefixes, this.#depth),
                  )
                  .join('');
              },
            },
            type.content,
          );
    const [left] = supply.left();
    if (left !== undefined) {
      throw new ConnectorError(
        'parameter-invalid',
        `${path}/${left} does not fit: the schema allows fewer of it, or not together with what else was given.`,
      );
    }
    return start + written;
  }

  /** The members that are no declared element, attribute or text; refused where the type has no place for them. */
  #others({ type, members, takesOthers }: OpenType, value: JsonObject, path: string) {
    const others = Object.entries(value).filter(
      ([member]) => !members.has(member) && !member.startsWith('@') && !member.startsWith('#'),
    );
    const isMisplaced = (member: string): boolean =>
      (member.startsWith('@') &&
        type.anyAttribute !== true &&
        !/^@xsi:|^@xmlns$/.test(member) &&
        !type.attributes.some((one) => one.member === member)) ||
      (member === '#text' && type.mixed !== true);
    const wrong = takesOthers ? undefined : others[0]?.[0];
    const unknown = wrong ?? Object.keys(value).find(isMisplaced);
    if (unknown === undefined) return others;
    throw unknownMember(unknown, [...type.attributes.map(({ member }) => member), ...members.keys()], path);
  }

  #array({ type }: OpenType, value: JsonValue, path: string): Inside {
    const array = type.array;
    if (array === undefined || !Array.isArray(value)) throw mismatch(value, path, 'an array');
    const item: XmlElementUse = {
      kind: 'element',
      name: array.itemName,
      member: array.itemName.local,
      type: array.item,
      nillable: true,
      min: 0,
      max: null,
    };
    const content = value.map((one: JsonValue, index) => this.write(item, one, `${path}/${index}`)).join('');
    const itemType = this.#itemTypeName(array.item);
    const isOld = this.#encoding !== '1.2';
    const encoding = isOld ? namespaces.encoding11 : namespaces.encoding12;
    const about = (local: string, text: string) => ` ${this.#prefixes.write({ namespace: encoding, local })}="${text}"`;
    const size = isOld
      ? about('arrayType', `${itemType}[${value.length}]`)
      : about('itemType', itemType) + about('arraySize', String(value.length));
    return { attributes: this.#typeAttribute({ namespace: encoding, local: 'Array' }) + size, content };
  }

  /** The type of an array's items as `arrayType` writes it. */
  #itemTypeName(type: XmlTypeUse, depth = 0): string {
    if (type.kind !== 'complex') return this.#prefixes.write(simpleName(type));
    const opened = this.#types.open(type.key)?.type;
    if (opened?.name !== undefined) return this.#prefixes.write(opened.name);
    if (opened?.array !== undefined && depth < 8) return `${this.#itemTypeName(opened.array.item, depth + 1)}[]`;
    return this.#prefixes.write(simpleName({ kind: 'any' }));
  }

  #encodedType(type: XmlTypeUse): string {
    return this.#encoding === undefined ? '' : this.#typeAttribute(simpleName(type));
  }

  #typeAttribute(name: XmlName): string {
    return ` xsi:type="${this.#prefixes.write(name)}"`;
  }
}

function unknownMember(name: string, known: readonly string[], path: string): ConnectorError {
  const close = closestNames(name, known);
  const all = known.length === 0 ? 'It has none.' : `It has ${known.slice(0, 12).join(', ')}.`;
  const hint = close.length > 0 ? `Did you mean ${close.join(' or ')}?` : all;
  return new ConnectorError('parameter-unknown', `${path} has no member ${name}. ${hint}`);
}

function simpleName(type: XmlTypeUse): XmlName {
  if (type.kind === 'any' || type.kind === 'complex') return { namespace: namespaces.schema, local: 'anyType' };
  if (type.name !== undefined) return type.name;
  const local = type.kind === 'atomic' && /^\w+$/.test(type.builtIn) ? type.builtIn : 'string';
  return { namespace: namespaces.schema, local };
}

/** What `@xsi:type` names: `{namespace}local`, or a local name that any of the types may have. */
function toWanted(stated: string): { readonly namespace?: string; readonly local: string } {
  return stated.startsWith('{') ? parseName(stated) : { local: stated.slice(stated.indexOf(':') + 1) };
}

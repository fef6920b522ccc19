import { exactNumber, type JsonValue, namespaceFor, type XmlElement, type XmlSimpleType } from '@patchbay/definition';
import { lexicalKindOf } from './write-simple.ts';

/**
 * The JSON value of a simple type's text. Numbers that a JSON number cannot hold exactly, and what does not fit the type, stay text: an
 * answer is never refused for a value in it. `at` is the element, for the prefixes of names.
 */
export function readSimple(type: XmlSimpleType, text: string, at: XmlElement): JsonValue {
  switch (type.kind) {
    case 'list':
      return text
        .split(/\s+/)
        .filter((item) => item !== '')
        .map((item) => readSimple(type.item, item, at));
    case 'union':
      return readUnion(type.members, text, at);
    case 'atomic':
      return readAtomic(type.builtIn, text, at);
  }
}

/** The first member that a text is a value of (XML Schema Part 2 §2.5.1.3). */
function readUnion(members: readonly XmlSimpleType[], text: string, at: XmlElement): JsonValue {
  for (const member of members) {
    const value = readSimple(member, text, at);
    const isText = member.kind === 'atomic' && lexicalKindOf(member.builtIn) === 'text';
    if (isText || typeof value !== 'string') return value;
  }
  return text;
}

function readAtomic(builtIn: string, text: string, at: XmlElement): JsonValue {
  const trimmed = text.trim();
  switch (lexicalKindOf(builtIn)) {
    case 'boolean':
      if (trimmed === 'true' || trimmed === '1') return true;
      return trimmed === 'false' || trimmed === '0' ? false : orNull(trimmed);
    case 'integer':
      return /^[+-]?\d+$/.test(trimmed) ? exactNumber(trimmed) : orNull(trimmed);
    case 'decimal':
      return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(trimmed) ? exactNumber(trimmed) : orNull(trimmed);
    case 'float':
      return readFloat(trimmed);
    case 'base64':
      return text.replace(/\s+/g, '');
    case 'qname':
      return expandName(trimmed, at);
    case 'text':
      // Only these keep their blanks (Part 2 §4.3.6).
      return builtIn === 'string' || builtIn === 'anySimpleType' || builtIn === 'normalizedString' ? text : trimmed;
  }
}

/** Binary floating point is what JSON numbers are, so no digits are lost; infinities and no number stay text. */
function readFloat(text: string): JsonValue {
  const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
  return isNumber && Number.isFinite(Number(text)) ? Number(text) : orNull(text);
}

/** Nothing, where a type has no empty value. */
function orNull(text: string): JsonValue {
  return text === '' ? null : text;
}

/** A prefixed name as `{namespace}local`. */
export function expandName(text: string, at: XmlElement): string {
  const { namespace, local } = resolveText(text, at);
  return namespace === '' ? local : `{${namespace}}${local}`;
}

/** What a prefixed name means at an element. */
export function resolveText(text: string, at: XmlElement): { readonly namespace: string; readonly local: string } {
  const colon = text.indexOf(':');
  const prefix = colon === -1 ? '' : text.slice(0, colon);
  return { namespace: namespaceFor(at, prefix) ?? '', local: text.slice(colon + 1) };
}

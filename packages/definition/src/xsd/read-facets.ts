import type { JsonObject, JsonValue, SchemaModel } from '../model.ts';
import { attributeOf, childrenOf, type XmlElement } from '../xml/xml-element.ts';
import { namespaces } from '../xml/xml-namespaces.ts';
import { readLexical } from './lexical-value.ts';

const numeric: Readonly<Record<string, readonly string[]>> = {
  minInclusive: ['minimum'],
  maxInclusive: ['maximum'],
  minExclusive: ['minimum', 'exclusiveMinimum'],
  maxExclusive: ['maximum', 'exclusiveMaximum'],
};
const lengths: Readonly<Record<string, readonly ('min' | 'max')[]>> = {
  length: ['min', 'max'],
  minLength: ['min'],
  maxLength: ['max'],
};

/** A restriction's facets over its base's shape, as JSON Schema can say them (XML Schema Part 2 §4.3). */
export function readFacets(restriction: XmlElement, base: SchemaModel): SchemaModel {
  const facets = childrenOf(restriction, namespaces.schema);
  const constraints: Record<string, JsonValue> = {};
  const choices: JsonValue[] = [];
  const patterns: string[] = [];
  for (const facet of facets) {
    const value = attributeOf(facet, 'value') ?? '';
    if (facet.local === 'enumeration') choices.push(readLexical(base, value));
    else if (facet.local === 'pattern') patterns.push(value);
    else Object.assign(constraints, boundOf(facet.local, value, base));
  }
  const pattern = toPattern(patterns);
  const merged: JsonObject = { ...base.constraints, ...constraints, ...(pattern !== undefined && { pattern }) };
  return {
    ...base,
    ...(choices.length > 0 && { enum: [...new Set(choices)] }),
    ...(Object.keys(merged).length > 0 && { constraints: merged }),
  };
}

function boundOf(facet: string, value: string, base: SchemaModel): JsonObject {
  const number = Number(value);
  if (!Number.isFinite(number) || value.trim() === '') return {};
  const isNumber = base.kind === 'integer' || base.kind === 'number';
  const bound = Object.hasOwn(numeric, facet) && isNumber ? numeric[facet] : undefined;
  if (bound !== undefined) {
    const [name = '', exclusive] = bound;
    return { [name]: number, ...(exclusive !== undefined && { [exclusive]: true }) };
  }
  const sides = Object.hasOwn(lengths, facet) ? (lengths[facet] ?? []) : [];
  // Of base64 and hexadecimal text, the facet counts octets, which JSON Schema cannot say.
  if (base.kind === 'array') return Object.fromEntries(sides.map((side) => [`${side}Items`, number]));
  if (base.kind !== 'string' || base.format === 'byte') return {};
  return Object.fromEntries(sides.map((side) => [`${side}Length`, number]));
}

/** The patterns of one restriction are alternatives, each for the whole value; those that differ in JSON Schema's syntax are left out. */
function toPattern(patterns: readonly string[]): string | undefined {
  if (patterns.length === 0) return undefined;
  const isShared = patterns.every((pattern) => !/\\[icIC]|\\[pP]\{Is|-\[|\^|\$/.test(pattern));
  const joined = `^(?:${patterns.join('|')})$`;
  if (!isShared) return undefined;
  try {
    new RegExp(joined, 'u');
    return joined;
  } catch {
    return undefined;
  }
}

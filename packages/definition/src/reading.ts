import type { Finding } from './finding.ts';
import { type FindingCode, findingTable } from './finding-table.ts';
import type { JsonDocument } from './json-document.ts';
import type { JsonObject, JsonValue } from './model.ts';

/** More findings than this tell a person nothing more; what is read does not depend on them. */
const maxFindings = 1000;

/** One document being read: its JSON, and what there is to say about it. */
export class Reading {
  readonly document: JsonDocument;
  readonly #findings: Finding[] = [];
  readonly #seen = new Set<string>();

  constructor(document: JsonDocument) {
    this.document = document;
  }

  get findings(): readonly Finding[] {
    return this.#findings;
  }

  report(code: FindingCode, pointer: string, details: { readonly [name: string]: string } = {}): void {
    const [severity, template] = findingTable[code];
    const message = template.replace(/\{(\w+)\}/g, (whole, name: string) =>
      Object.hasOwn(details, name) ? (details[name] ?? whole) : whole,
    );
    const key = `${code} ${pointer} ${message}`;
    if (this.#seen.has(key) || this.#findings.length >= maxFindings) return;
    this.#seen.add(key);
    const { line, column } = this.document.locate(pointer);
    this.#findings.push({ code, severity, message, source: this.document.source.name, pointer, line, column });
  }

  /** A member that should be an object; something else is reported and read as empty. */
  object(parent: JsonObject, name: string, pointer: string): JsonObject {
    const value = member(parent, name);
    if (value === undefined || value === null) return {};
    if (isObject(value)) return value;
    this.#reportType(name, 'an object', value, `${pointer}/${escapePointer(name)}`);
    return {};
  }

  array(parent: JsonObject, name: string, pointer: string): readonly JsonValue[] {
    const value = member(parent, name);
    if (value === undefined || value === null) return [];
    if (Array.isArray(value)) return value;
    this.#reportType(name, 'an array', value, `${pointer}/${escapePointer(name)}`);
    return [];
  }

  strings(parent: JsonObject, name: string, pointer: string): readonly string[] {
    return this.array(parent, name, pointer).filter((item) => typeof item === 'string');
  }

  string(parent: JsonObject, name: string, pointer: string): string | undefined {
    const value = member(parent, name);
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    this.#reportType(name, 'text', value, `${pointer}/${escapePointer(name)}`);
    return undefined;
  }

  #reportType(name: string, expected: string, value: JsonValue, pointer: string): void {
    this.report('member-type', pointer, { member: name, expected, found: describe(value) });
  }
}

/** An own member of an object; whatever the name, never anything inherited. */
export function member(parent: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(parent, name) ? parent[name] : undefined;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Booleans come as booleans or as their names. */
export function isTrue(value: JsonValue | undefined): boolean {
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
}

export function describe(value: JsonValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  switch (typeof value) {
    case 'object':
      return 'an object';
    case 'string':
      return 'text';
    case 'number':
      return 'a number';
    default:
      return 'a boolean';
  }
}

/** One reference token of a JSON pointer (RFC 6901 §3). */
export function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The `x-…` members of an object, but those that the model has a place for. */
export function extensionsOf(parent: JsonObject, known: ReadonlySet<string> = new Set()): JsonObject {
  const found: [string, JsonValue][] = [];
  for (const name of Object.keys(parent)) {
    const value = parent[name];
    if (name.startsWith('x-') && !known.has(name) && value !== undefined) found.push([name, value]);
  }
  return Object.fromEntries(found);
}

import type { Finding } from '../finding.ts';
import { type FindingCode, findingTable } from '../finding-table.ts';
import type { Loss } from '../loss.ts';
import { type LossCode, lossTable } from '../loss-table.ts';
import type { JsonObject, JsonValue } from '../model.ts';
import { SharedSchemas } from '../schema/shared-schemas.ts';
import { type Details, fillTemplate } from './message-template.ts';
import { escapePointer } from './pointer.ts';
import type { SourceDocument } from './source-document.ts';

/** More findings than this tell a person nothing more; what is read does not depend on them. */
const maxFindings = 1000;

/** One description being read: its document, the schemas it shares, and what there is to say about it. */
export class Reading {
  readonly document: SourceDocument;
  readonly shared: SharedSchemas;
  /** Whether what stands beside a schema's `$ref` counts too (JSON Schema 2020-12 §8.2.3.1; not so in earlier drafts). */
  readonly countsSiblings: boolean;
  readonly #findings: Finding[] = [];
  readonly #losses: Loss[] = [];
  readonly #seen = new Set<string>();

  /** `container` is the pointer below which the format keeps its shared schemas. */
  constructor(document: SourceDocument, container = '/definitions', countsSiblings = false) {
    this.document = document;
    this.countsSiblings = countsSiblings;
    this.shared = new SharedSchemas(container);
  }

  get findings(): readonly Finding[] {
    return this.#findings;
  }

  get losses(): readonly Loss[] {
    return this.#losses;
  }

  report(code: FindingCode, pointer: string, details: Details = {}): void {
    const [severity, template] = findingTable[code];
    const message = fillTemplate(template, details);
    if (this.#isNew(code, pointer, message, this.#findings.length)) {
      this.#findings.push({ code, severity, message, ...this.document.locate(pointer) });
    }
  }

  /** Notes that something does not come across as it stands in the source. */
  lose(code: LossCode, pointer: string, details: Details = {}): void {
    const [kind, template] = lossTable[code];
    const message = fillTemplate(template, details);
    if (this.#isNew(code, pointer, message, this.#losses.length)) {
      this.#losses.push({ code, kind, message, ...this.document.locate(pointer) });
    }
  }

  #isNew(code: string, pointer: string, message: string, count: number): boolean {
    const key = `${code} ${pointer} ${message}`;
    if (this.#seen.has(key) || count >= maxFindings) return false;
    this.#seen.add(key);
    return true;
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

/** Begins the members in which Patchbay keeps what the format of a document has no words for. */
export const ownPrefix = 'x-patchbay-';

/** What Patchbay kept of a member that the format has no words for, {@link ownPrefix} before its name. */
export function keptMember(parent: JsonObject, name: string): JsonValue | undefined {
  return member(parent, ownPrefix + name);
}

/** An object with what Patchbay kept aside in its place: `x-patchbay-name` is `name`, or its absence where it is null. */
export function withKeptMembers(parent: JsonObject): JsonObject {
  const names = Object.keys(parent);
  if (!names.some((name) => name.startsWith(ownPrefix))) return parent;
  const own = new Set(names.filter((name) => name.startsWith(ownPrefix)).map((name) => name.slice(ownPrefix.length)));
  return Object.fromEntries(
    Object.entries(parent).flatMap(([name, value]: [string, JsonValue]) => {
      if (own.has(name)) return [];
      if (!name.startsWith(ownPrefix)) return [[name, value]];
      return value === null ? [] : [[name.slice(ownPrefix.length), value]];
    }),
  );
}

/** Of {@link ownPrefix}, what people write themselves, and which is an extension like any other. */
const stated: ReadonlySet<string> = new Set([`${ownPrefix}pagination`]);

/** The `x-…` members of an object, but Patchbay's own and those that the model has a place for. */
export function extensionsOf(parent: JsonObject, known: ReadonlySet<string> = new Set()): JsonObject {
  const found: [string, JsonValue][] = [];
  for (const name of Object.keys(parent)) {
    const value = parent[name];
    const isOwn = name.startsWith(ownPrefix) && !stated.has(name);
    if (name.startsWith('x-') && !isOwn && !known.has(name) && value !== undefined) found.push([name, value]);
  }
  return Object.fromEntries(found);
}

/** {@link extensionsOf} where the model says nothing when there are none. */
export function someExtensions(parent: JsonObject, known?: ReadonlySet<string>): { readonly extensions?: JsonObject } {
  const extensions = extensionsOf(parent, known);
  return Object.keys(extensions).length > 0 ? { extensions } : {};
}

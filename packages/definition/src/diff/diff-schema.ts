import type { ConnectorModel, JsonObject, SchemaModel } from '../model.ts';
import { resolveSchema } from '../schema/json-schema.ts';
import type { Changes, Subject } from './change.ts';
import { flattenSchema } from './flatten-schema.ts';
import { shown } from './shown.ts';

type Direction = 'input' | 'output';
type At = { readonly where: Subject; readonly place: string; readonly direction: Direction };

/** Keywords by which a larger value admits more. */
const growing = ['maximum', 'maxLength', 'maxItems', 'maxProperties'] as const;
/** Keywords by which a larger value admits less. */
const shrinking = ['minimum', 'minLength', 'minItems', 'minProperties'] as const;

/**
 * Compares schemas by what values they admit. What callers give must stay admitted (input); what they receive must stay within what
 * they knew (output). Shared schemas are compared once for each operation and direction.
 */
export class SchemaComparison {
  readonly #changes: Changes;
  readonly #before: ConnectorModel;
  readonly #after: ConnectorModel;

  constructor(changes: Changes, before: ConnectorModel, after: ConnectorModel) {
    this.#changes = changes;
    this.#before = before;
    this.#after = after;
  }

  input(where: Subject, place: string, before: SchemaModel, after: SchemaModel): void {
    this.#compare({ where, place, direction: 'input' }, before, after, new Set());
  }

  output(where: Subject, place: string, before: SchemaModel, after: SchemaModel): void {
    this.#compare({ where, place, direction: 'output' }, before, after, new Set());
  }

  #compare(at: At, givenBefore: SchemaModel, givenAfter: SchemaModel, visited: Set<string>): void {
    if (givenBefore.kind === 'reference' && givenAfter.kind === 'reference') {
      const key = `${givenBefore.name} ${givenAfter.name}`;
      if (visited.has(key)) return;
      visited.add(key);
    }
    const before = flattenSchema(this.#before, resolveSchema(this.#before, givenBefore));
    const after = flattenSchema(this.#after, resolveSchema(this.#after, givenAfter));
    if (!this.#compareKind(at, before, after)) return;
    this.#compareNull(at, before, after);
    this.#compareChoices(at, before, after);
    this.#compareBounds(at, before.constraints ?? {}, after.constraints ?? {});
    if (before.kind === 'array' && after.kind === 'array') {
      this.#compare({ ...at, place: `${at.place}[]` }, before.items, after.items, visited);
    }
    if (before.kind === 'object' && after.kind === 'object') this.#compareProperties(at, before, after, visited);
    if (isUnion(before) && isUnion(after)) this.#compareMembers(at, before, after);
  }

  /** A union takes more the more members it has; members are told apart by what they are, not by where they stand. */
  #compareMembers(at: At, before: Union, after: Union): void {
    const [old, now] = [before, after].map(({ members }) => new Set(members.map((one) => this.#memberName(one))));
    const gone = [...(old ?? [])].filter((name) => now?.has(name) !== true);
    const added = [...(now ?? [])].filter((name) => old?.has(name) !== true);
    if (gone.length > 0) this.#narrowed(at, `${shown(gone.join(', '))} not any more`);
    if (added.length > 0) this.#widened(at, `${shown(added.join(', '))} too`);
  }

  #memberName(member: SchemaModel): string {
    if (member.kind === 'reference') return member.name;
    return (
      member.title ?? (member.kind === 'object' ? `{${[...member.properties.keys()].join(', ')}}` : nameOf(member))
    );
  }

  /** Whether the two are of one kind, so that there is more to compare. */
  #compareKind(at: At, before: SchemaModel, after: SchemaModel): boolean {
    const [from, to] = [nameOf(before), nameOf(after)];
    if (from === to) return true;
    const detail = `${from} before, ${to} now`;
    if (before.kind === 'string' && after.kind === 'string') {
      if (before.format === undefined) this.#narrowed(at, detail);
      else this.#widened(at, detail);
      return true;
    }
    if (before.kind === 'any') this.#narrowed(at, detail);
    else if (after.kind === 'any' || (before.kind === 'integer' && after.kind === 'number')) this.#widened(at, detail);
    else if (before.kind === 'number' && after.kind === 'integer') this.#narrowed(at, detail);
    // Values of another kind are neither more nor fewer: whoever gives or reads them is wrong now.
    else
      this.#changes.add(at.direction === 'input' ? 'input-narrowed' : 'output-widened', at.where, {
        place: at.place,
        detail,
      });
    return false;
  }

  #compareNull(at: At, before: SchemaModel, after: SchemaModel): void {
    const [was, is] = [before.nullable === true, after.nullable === true];
    if (was && !is) this.#narrowed(at, 'null is not allowed any more');
    if (!was && is) this.#widened(at, 'null is allowed now');
  }

  #compareChoices(at: At, before: SchemaModel, after: SchemaModel): void {
    const [old, now] = [before.enum, after.enum];
    if (old === undefined && now === undefined) return;
    if (old === undefined) this.#narrowed(at, `only ${shown(now)} now`);
    else if (now === undefined) this.#widened(at, 'any value now');
    else {
      const [oldTexts, nowTexts] = [old, now].map((values) => new Set(values.map((value) => JSON.stringify(value))));
      const gone = [...(oldTexts ?? [])].filter((text) => nowTexts?.has(text) !== true);
      const added = [...(nowTexts ?? [])].filter((text) => oldTexts?.has(text) !== true);
      if (gone.length > 0) this.#narrowed(at, `${shown(gone.join(', '))} not any more`);
      if (added.length === 0) return;
      if (at.direction === 'input') this.#widened(at, `${shown(added.join(', '))} too`);
      else this.#changes.add('output-value-added', at.where, { place: at.place, detail: shown(added.join(', ')) });
    }
  }

  #compareBounds(at: At, before: JsonObject, after: JsonObject): void {
    for (const name of [...growing, ...shrinking]) {
      const [from, to] = [before[name], after[name]].map((value) => (typeof value === 'number' ? value : undefined));
      if (from === to) continue;
      const detail = `${name} is ${shown(to)}, was ${shown(from)}`;
      const isGrowing = growing.some((one) => one === name);
      const admitsMore = to === undefined || (from !== undefined && (isGrowing ? to > from : to < from));
      if (admitsMore) this.#widened(at, detail);
      else this.#narrowed(at, detail);
    }
    const [from, to] = [before['pattern'], after['pattern']];
    if (from === to) return;
    const detail = `the pattern is ${shown(to)}, was ${shown(from)}`;
    if (to === undefined) this.#widened(at, detail);
    else this.#narrowed(at, detail);
  }

  #compareProperties(
    at: At,
    before: Extract<SchemaModel, { readonly kind: 'object' }>,
    after: Extract<SchemaModel, { readonly kind: 'object' }>,
    visited: Set<string>,
  ): void {
    for (const [name, property] of before.properties) {
      const place = `${at.place}/${name}`;
      const counterpart = after.properties.get(name);
      if (counterpart === undefined) {
        this.#changes.add(`${at.direction}-property-removed`, at.where, { place });
        continue;
      }
      const [was, is] = [before.required.includes(name), after.required.includes(name)];
      if (was && !is) this.#changes.add(`${at.direction}-property-optional`, at.where, { place });
      // A default stands in for what callers do not give.
      if (!was && is && (at.direction === 'output' || counterpart.default === undefined)) {
        this.#changes.add(`${at.direction}-property-required`, at.where, { place });
      }
      this.#compare({ ...at, place }, property, counterpart, visited);
    }
    for (const [name, property] of after.properties) {
      if (before.properties.has(name)) continue;
      const isNeeded = at.direction === 'input' && after.required.includes(name) && property.default === undefined;
      const code = isNeeded ? 'input-property-required' : (`${at.direction}-property-added` as const);
      this.#changes.add(code, at.where, { place: `${at.place}/${name}` });
    }
  }

  #narrowed(at: At, detail: string): void {
    this.#changes.add(`${at.direction}-narrowed`, at.where, { place: at.place, detail });
  }

  #widened(at: At, detail: string): void {
    this.#changes.add(`${at.direction}-widened`, at.where, { place: at.place, detail });
  }
}

type Union = Extract<SchemaModel, { readonly kind: 'allOf' | 'oneOf' | 'anyOf' }>;

function isUnion(schema: SchemaModel): schema is Union {
  return schema.kind === 'oneOf' || schema.kind === 'anyOf';
}

function nameOf(schema: SchemaModel): string {
  switch (schema.kind) {
    case 'string':
      return schema.format === undefined ? 'text' : `text (${schema.format})`;
    case 'any':
      return 'any value';
    default:
      return schema.kind;
  }
}

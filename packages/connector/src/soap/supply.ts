import type { JsonObject, JsonValue, XmlMember } from '@patchbay/definition';
import { mismatch } from './write-simple.ts';

/** Whether a member's single value is itself an array in JSON. */
export type IsArrayValued = (member: XmlMember) => boolean;

/** What is still to be written of an object: the items of each member, taken in order. */
export class Supply {
  readonly #items = new Map<string, readonly JsonValue[]>();
  readonly #taken = new Map<string, number>();

  constructor(value: JsonObject, members: ReadonlyMap<string, XmlMember>, isArrayValued: IsArrayValued, path: string) {
    for (const [name, given] of Object.entries(value)) {
      const member = members.get(name);
      if (member === undefined || given === undefined) continue;
      this.#items.set(name, itemsOf(given, member, isArrayValued(member), `${path}/${name}`));
    }
  }

  has(name: string): boolean {
    return (this.#taken.get(name) ?? 0) < (this.#items.get(name)?.length ?? 0);
  }

  /** The next item of a member that {@link has} one, with its position. */
  take(name: string): { readonly value: JsonValue; readonly index: number; readonly isOnly: boolean } {
    const index = this.#taken.get(name) ?? 0;
    const items = this.#items.get(name) ?? [];
    this.#taken.set(name, index + 1);
    return { value: items[index] ?? null, index, isOnly: items.length === 1 };
  }

  /** Members of which something was not taken. */
  left(): readonly string[] {
    return [...this.#items.keys()].filter((name) => this.has(name));
  }
}

function itemsOf(given: JsonValue, member: XmlMember, isArrayValued: boolean, path: string): readonly JsonValue[] {
  const isList = Array.isArray(given) && (member.repeats ? !isArrayValued || given.every(isNested) : !isArrayValued);
  if (Array.isArray(given) && isList) {
    if (!member.repeats && given.length > 1) throw mismatch(given, path, 'one value');
    return member.use.nillable ? given : given.filter((item) => item !== null);
  }
  return given === null && !member.use.nillable ? [] : [given];
}

function isNested(item: JsonValue): boolean {
  return Array.isArray(item) || item === null;
}

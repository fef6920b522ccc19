import type { SchemaModel } from '../model.ts';
import { escapePointer, pointerNames } from '../source/pointer.ts';

/**
 * The schemas that a description shares by name. Those below the format's own container keep their names; whatever else is referred
 * to more than in its place (another file, the middle of a document that refers to itself) is given one.
 */
export class SharedSchemas {
  readonly #container: string;
  readonly #names = new Map<string, string>();
  readonly #pointers = new Map<string, string>();
  readonly #models = new Map<string, SchemaModel>();
  readonly #order: string[] = [];
  #taken = 0;

  constructor(container: string) {
    this.#container = container;
  }

  /** Reserves the names of the container's own schemas, in order, to be read by {@link take}. */
  declare(names: readonly string[]): void {
    for (const name of names) this.#add(`${this.#container}/${escapePointer(name)}`, name);
  }

  /** The name of the schema that a pointer means, if it is shared already. */
  find(pointer: string): string | undefined {
    return this.#names.get(pointer);
  }

  /** The pointer of a shared schema. */
  pointerOf(name: string): string | undefined {
    return this.#pointers.get(name);
  }

  /** The name of the schema that a pointer means; it is shared from now on, by a name like the one wished for. */
  share(pointer: string, wished = pointerNames(pointer).at(-1) ?? ''): string {
    return this.#names.get(pointer) ?? this.#add(pointer, this.#freeName(wished));
  }

  /** The next shared schema that was not read yet. */
  take(): string | undefined {
    const name = this.#order[this.#taken];
    this.#taken += 1;
    return name;
  }

  /** A shared schema's model, made once. */
  model(name: string, read: (pointer: string) => SchemaModel): SchemaModel {
    const known = this.#models.get(name);
    if (known !== undefined) return known;
    const created = read(this.#pointers.get(name) ?? '');
    this.#models.set(name, created);
    return created;
  }

  #add(pointer: string, name: string): string {
    this.#names.set(pointer, name);
    this.#pointers.set(name, pointer);
    this.#order.push(name);
    return name;
  }

  #freeName(wished: string): string {
    const base = wished.replace(/[^\w.-]+/g, '_').replace(/\.(json|ya?ml)$/i, '') || 'Schema';
    let name = /^\d+$/.test(base) ? `Schema${base}` : base;
    for (let number = 2; this.#pointers.has(name); number += 1) name = `${base}_${number}`;
    return name;
  }
}

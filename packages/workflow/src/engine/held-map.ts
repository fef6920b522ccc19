type Slot<Value> = { value: Value | undefined };

/**
 * A map of what comes and goes all the time, which lets go of a value as soon as it is deleted. A plain `Map` does not: when its table is
 * full it makes another, and the old one keeps what was in it at the time and is itself the way to the next. Once one such table has grown
 * old, the collector of young objects takes all of them, and what they hold, for alive.
 */
export class HeldMap<Key, Value> {
  readonly #slots = new Map<Key, Slot<Value>>();

  get size(): number {
    return this.#slots.size;
  }

  get(key: Key): Value | undefined {
    return this.#slots.get(key)?.value;
  }

  set(key: Key, value: Value): void {
    const slot = this.#slots.get(key);
    if (slot === undefined) this.#slots.set(key, { value });
    else slot.value = value;
  }

  delete(key: Key): void {
    const slot = this.#slots.get(key);
    if (slot === undefined) return;
    slot.value = undefined;
    this.#slots.delete(key);
  }

  clear(): void {
    for (const slot of this.#slots.values()) slot.value = undefined;
    this.#slots.clear();
  }

  /** What is in it now, oldest first. */
  values(): readonly Value[] {
    const values: Value[] = [];
    for (const { value } of this.#slots.values()) if (value !== undefined) values.push(value);
    return values;
  }
}

/** Names for types: identifiers that begin with a capital, each given once. */
export class TypeNames {
  readonly #taken = new Set<string>();

  /** A name as near to the given text as an identifier can be, unlike all that were given before. */
  take(text: string): string {
    const words = text.split(/[^\p{ID_Continue}$]+/u).filter((word) => word !== '');
    const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
    const base = /^[\p{ID_Start}$_]/u.test(joined) ? joined : `_${joined}`;
    let name = base;
    for (let number = 2; this.#taken.has(name); number += 1) name = `${base}_${number}`;
    this.#taken.add(name);
    return name;
  }
}

/** A member's name in a type: as it is where that is an identifier, else quoted. */
export function memberName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

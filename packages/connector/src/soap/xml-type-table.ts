import {
  hasWildcard,
  jsonKindOf,
  membersOf,
  type XmlComplexType,
  type XmlElementUse,
  type XmlMember,
  type XmlName,
  type XmlParticle,
  type XmlTypes,
} from '@patchbay/definition';

/** A complex type with what writing and reading ask of it again and again. */
export type OpenType = {
  readonly key: string;
  readonly type: XmlComplexType;
  readonly kind: 'array' | 'text' | 'object';
  readonly members: ReadonlyMap<string, XmlMember>;
  /** Members by their element's `{namespace}local`, and by the local name where that is unambiguous. */
  readonly byName: ReadonlyMap<string, XmlMember>;
  readonly takesOthers: boolean;
};

/** The XML types of a connector; each is prepared when it is first met. */
export class XmlTypeTable {
  readonly #types: XmlTypes;
  readonly #open = new Map<string, OpenType>();
  readonly #names = new WeakMap<XmlParticle, ReadonlySet<string>>();
  #byLocal: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(types: XmlTypes) {
    this.#types = types;
  }

  open(key: string): OpenType | undefined {
    const known = this.#open.get(key);
    const type = this.#types.get(key);
    if (known !== undefined || type === undefined) return known;
    const members = membersOf(type.content);
    const opened: OpenType = {
      key,
      type,
      kind: jsonKindOf(type),
      members,
      byName: indexMembers(members),
      takesOthers: hasWildcard(type.content),
    };
    this.#open.set(key, opened);
    return opened;
  }

  /** The named type that is meant where `declared` is declared: that one or one derived from it; any named one where none is declared. */
  derived(
    declared: string | undefined,
    name: { readonly namespace?: string; readonly local: string },
  ): OpenType | undefined {
    this.#byLocal ??= indexTypes(this.#types);
    const key = this.#byLocal
      .get(name.local)
      ?.find(
        (one) =>
          (name.namespace === undefined || this.#types.get(one)?.name?.namespace === name.namespace) &&
          (declared === undefined || this.#derives(one, declared)),
      );
    return key === undefined ? undefined : this.open(key);
  }

  /** The local names of the types that may stand for one. */
  namesFor(declared: string): readonly string[] {
    return [...this.#types]
      .filter(([key, type]) => type.abstract !== true && this.#derives(key, declared))
      .map(([, type]) => type.name?.local ?? '')
      .filter((name) => name !== '');
  }

  /** The members of all elements in a particle. */
  readonly namesIn = (particle: XmlParticle): ReadonlySet<string> => {
    const known = this.#names.get(particle);
    if (known !== undefined) return known;
    const names = new Set<string>();
    if (particle.kind === 'element') names.add(particle.member);
    else if (particle.kind !== 'wildcard')
      for (const one of particle.particles) for (const name of this.namesIn(one)) names.add(name);
    this.#names.set(particle, names);
    return names;
  };

  /** Whether an element's value is an array in JSON even when it stands once. */
  readonly isArrayValued = ({ type }: XmlElementUse): boolean =>
    type.kind === 'list' || (type.kind === 'complex' && this.#isArray(type.key));

  #isArray(key: string): boolean {
    const type = this.#types.get(key);
    return type?.array !== undefined || (type?.text?.kind === 'list' && type.attributes.length === 0);
  }

  #derives(key: string, from: string): boolean {
    let at: string | undefined = key;
    // A chain that is longer than the table has types goes round in a circle.
    for (let step = 0; at !== undefined && step <= this.#types.size; step += 1) {
      if (at === from) return true;
      at = this.#types.get(at)?.base;
    }
    return false;
  }
}

export function keyOfName({ namespace, local }: XmlName): string {
  return `{${namespace}}${local}`;
}

function indexMembers(members: ReadonlyMap<string, XmlMember>): ReadonlyMap<string, XmlMember> {
  const index = new Map<string, XmlMember>();
  const ambiguous = new Set<string>();
  for (const member of members.values()) {
    const { local } = member.use.name;
    if (index.has(local)) ambiguous.add(local);
    index.set(local, member).set(keyOfName(member.use.name), member);
  }
  for (const local of ambiguous) index.delete(local);
  return index;
}

function indexTypes(types: XmlTypes): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const [key, { name }] of types) {
    if (name === undefined) continue;
    const same = index.get(name.local);
    if (same === undefined) index.set(name.local, [key]);
    else same.push(key);
  }
  return index;
}

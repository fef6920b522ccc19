import type { XmlComplexType, XmlElementUse, XmlParticle } from '../model.ts';

/** What a complex type's value is in JSON: an array, the value of its text, or an object. */
export function jsonKindOf(type: XmlComplexType): 'array' | 'text' | 'object' {
  if (type.array !== undefined) return 'array';
  return type.text !== undefined && type.attributes.length === 0 && type.anyAttribute !== true ? 'text' : 'object';
}

/** A JSON member that elements of one name become. */
export type XmlMember = {
  readonly use: XmlElementUse;
  /** Whether there may be more than one: then the member is an array, always. */
  readonly repeats: boolean;
  /** Whether a valid document has it whatever else it has. */
  readonly isCertain: boolean;
  /** How often it stands there at least, when it stands there. */
  readonly min: number;
  /** Whether it is part of a choice, so that it may be missing because something else was chosen. */
  readonly isChosen: boolean;
};

/** The members that a type's elements become, by name, in the order of the schema. */
export function membersOf(content: XmlParticle | undefined): ReadonlyMap<string, XmlMember> {
  const members = new Map<string, XmlMember>();
  if (content !== undefined) collect(content, { repeats: false, isCertain: true, isChosen: false }, members);
  return members;
}

/** Whether elements of any name may stand in a type's content. */
export function hasWildcard(content: XmlParticle | undefined): boolean {
  if (content === undefined || content.kind === 'element') return false;
  return content.kind === 'wildcard' || content.particles.some(hasWildcard);
}

type Surrounding = Omit<XmlMember, 'use' | 'min'>;

function collect(particle: XmlParticle, around: Surrounding, members: Map<string, XmlMember>): void {
  const repeats = around.repeats || particle.max === null || particle.max > 1;
  const isCertain = around.isCertain && particle.min > 0;
  if (particle.kind === 'wildcard') return;
  if (particle.kind === 'element') {
    const known = members.get(particle.member);
    members.set(particle.member, {
      use: known?.use ?? particle,
      repeats: repeats || known !== undefined,
      isCertain: isCertain || known?.isCertain === true,
      min: Math.max(particle.min, known?.min ?? 0),
      isChosen: around.isChosen && known?.isChosen !== false,
    });
    return;
  }
  // A name that stands in two branches of a choice stands there once.
  if (particle.kind === 'choice' && !repeats) collectChoice(particle.particles, isCertain, members);
  else {
    const isChoice = particle.kind === 'choice' && particle.particles.length > 1;
    const inner = { repeats, isCertain: isCertain && !isChoice, isChosen: around.isChosen || isChoice };
    for (const one of particle.particles) collect(one, inner, members);
  }
}

function collectChoice(branches: readonly XmlParticle[], isCertain: boolean, members: Map<string, XmlMember>): void {
  const merged = new Map<string, XmlMember>();
  for (const branch of branches) {
    const own = new Map<string, XmlMember>();
    collect(branch, { repeats: false, isCertain: isCertain && branches.length === 1, isChosen: true }, own);
    for (const [name, one] of own) {
      merged.set(name, { ...one, repeats: one.repeats || merged.get(name)?.repeats === true });
    }
  }
  for (const [name, one] of merged) {
    members.set(name, { ...one, repeats: one.repeats || members.has(name) });
  }
}

/** The choices that a type's content has to make, by the members of their branches. */
export function requiredChoices(content: XmlParticle | undefined): readonly (readonly (readonly string[])[])[] {
  if (content === undefined || content.kind === 'element' || content.kind === 'wildcard' || content.min === 0)
    return [];
  if (content.kind !== 'choice') return content.particles.flatMap(requiredChoices);
  const isOpen = content.particles.length < 2 || content.particles.some(isEmptiable);
  return isOpen ? [] : [content.particles.map((branch) => [...membersOf(branch).keys()])];
}

function isEmptiable(particle: XmlParticle): boolean {
  if (particle.min === 0) return true;
  if (particle.kind === 'element' || particle.kind === 'wildcard') return particle.kind === 'wildcard';
  return particle.kind === 'choice'
    ? particle.particles.some(isEmptiable) || particle.particles.length === 0
    : particle.particles.every(isEmptiable);
}

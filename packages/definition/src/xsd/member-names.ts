import type { XmlAttributeUse, XmlElementUse, XmlParticle } from '../model.ts';
import { keyOf } from './schema-set.ts';

type Use = XmlElementUse | XmlAttributeUse;
type Copied = (from: Use, to: Use) => void;

/**
 * Gives each name in a type a JSON member of its own: the local name, numbered where two namespaces share one. `copied` hears of every
 * element and attribute that another now stands for.
 */
export function assignMembers(
  content: XmlParticle | undefined,
  attributes: readonly XmlAttributeUse[],
  copied: Copied,
): { readonly content: XmlParticle | undefined; readonly attributes: readonly XmlAttributeUse[] } {
  const elements = new Names();
  const names = new Names();
  return {
    content: content === undefined ? undefined : rename(content, elements, copied),
    attributes: attributes.map((one) => renamed(one, names.memberFor(keyOf(one.name), one.member), copied)),
  };
}

class Names {
  readonly #members = new Map<string, string>();
  readonly #taken = new Set<string>();

  memberFor(key: string, wanted: string): string {
    const known = this.#members.get(key);
    if (known !== undefined) return known;
    let member = wanted;
    for (let number = 2; this.#taken.has(member); number += 1) member = `${wanted}_${number}`;
    this.#taken.add(member);
    this.#members.set(key, member);
    return member;
  }
}

function rename(particle: XmlParticle, names: Names, copied: Copied): XmlParticle {
  if (particle.kind === 'wildcard') return particle;
  if (particle.kind === 'element') {
    return renamed(particle, names.memberFor(keyOf(particle.name), particle.name.local), copied);
  }
  const particles = particle.particles.map((one) => rename(one, names, copied));
  const isSame = particles.every((one, index) => one === particle.particles[index]);
  return isSame ? particle : { ...particle, particles };
}

function renamed<T extends Use>(use: T, member: string, copied: Copied): T {
  if (use.member === member) return use;
  const copy = { ...use, member };
  copied(use, copy);
  return copy;
}

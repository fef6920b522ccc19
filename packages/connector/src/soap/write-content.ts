import type { JsonValue, XmlElementUse, XmlParticle } from '@patchbay/definition';
import { ConnectorError } from '../errors.ts';
import type { Supply } from './supply.ts';

/** What content is written with. */
export type ContentWriter = {
  readonly supply: Supply;
  readonly path: string;
  readonly writeElement: (use: XmlElementUse, value: JsonValue, path: string) => string;
  /** What no declared element takes, once. */
  readonly writeOthers: () => string;
  readonly namesIn: (particle: XmlParticle) => ReadonlySet<string>;
};

/** Writes the elements of a content model in the order that the schema wants (XML Schema Part 1 §3.8). */
export function writeContent(writer: ContentWriter, particle: XmlParticle): string {
  switch (particle.kind) {
    case 'element':
      return writeElements(writer, particle);
    case 'wildcard':
      return writer.writeOthers();
    case 'sequence':
    case 'all':
      return repeat(writer, particle, () => particle.particles.map((one) => writeContent(writer, one)).join(''));
    case 'choice':
      return repeat(writer, particle, () => writeBranch(writer, particle));
  }
}

type Group = Extract<XmlParticle, { readonly particles: readonly XmlParticle[] }>;

/** As often as it has to stand there, and on while there is something for it. A round that took nothing would take nothing again. */
function repeat(writer: ContentWriter, particle: Group, round: () => string): string {
  let written = '';
  for (let count = 0; particle.max === null || count < particle.max; count += 1) {
    if (!hasAny(writer, particle)) return count > 0 || particle.min === 0 ? written : written + round();
    written += round();
  }
  return written;
}

function writeElements(writer: ContentWriter, use: XmlElementUse): string {
  const { supply, path } = writer;
  let written = '';
  let count = 0;
  for (; (use.max === null || count < use.max) && supply.has(use.member); count += 1) {
    const { value, index, isOnly } = supply.take(use.member);
    written += writer.writeElement(use, value, `${path}/${use.member}${isOnly ? '' : `/${index}`}`);
  }
  if (count >= use.min) return written;
  if (use.nillable) return written + writer.writeElement(use, null, `${path}/${use.member}`);
  if (use.fixed !== undefined) return written + writer.writeElement(use, use.fixed, `${path}/${use.member}`);
  throw new ConnectorError(
    'parameter-missing',
    count === 0
      ? `${path}/${use.member} is required and was not given.`
      : `${path}/${use.member} has to be given at least ${use.min} times, and was given ${count} times.`,
  );
}

/** One branch: the first that has all that it needs, else the first for which there is something. */
function writeBranch(writer: ContentWriter, { particles, min }: Group): string {
  const wanted = particles.filter((one) => hasAny(writer, one));
  const branch = wanted.find((one) => isSatisfied(writer, one)) ?? wanted[0];
  if (branch !== undefined) return writeContent(writer, branch);
  const wildcard = particles.find((one) => one.kind === 'wildcard');
  if (wildcard !== undefined) return writeContent(writer, wildcard);
  if (min === 0 || particles.length === 0 || particles.some((one) => isSatisfied(writer, one))) return '';
  const names = particles.flatMap((one) => [...writer.namesIn(one)].slice(0, 1));
  throw new ConnectorError(
    'parameter-missing',
    `${writer.path} needs one of ${names.slice(0, 12).join(', ')}, and none was given.`,
  );
}

function hasAny(writer: ContentWriter, particle: XmlParticle): boolean {
  for (const name of writer.namesIn(particle)) if (writer.supply.has(name)) return true;
  return false;
}

/** Whether everything that a particle requires is there. */
function isSatisfied(writer: ContentWriter, particle: XmlParticle): boolean {
  if (particle.min === 0) return true;
  switch (particle.kind) {
    case 'element':
      return writer.supply.has(particle.member);
    case 'wildcard':
      return false;
    case 'choice':
      return particle.particles.some((one) => isSatisfied(writer, one));
    default:
      return particle.particles.every((one) => isSatisfied(writer, one));
  }
}

import type { Finding } from '../../finding.ts';
import { readConnector } from '../../read-connector.ts';
import { certify } from '../certify.ts';
import type { Draft } from './draft.ts';

/** How one rule is broken: in each way at each place of a connector that breaks no rule. */
export type Breaking = {
  /** The rule's code. */
  readonly code: string;
  /** Codes that cannot but come with it. */
  readonly along?: readonly string[];
  /** Whether the ways suit our own clean connectors only. */
  readonly isOwnOnly?: true;
  /** Where it can be broken. */
  readonly places: (document: Draft, files: ConnectorDraft) => readonly Draft[];
  /** Each changes the document; a text that it answers takes the place of the document's. */
  readonly ways: readonly ((place: Draft, document: Draft) => unknown)[];
};

export type ConnectorDraft = { readonly definition: Draft; readonly properties: Draft; readonly text?: string };

export type Broken = {
  /** Which of the clean connectors it was. */
  readonly index: number;
  readonly title: string;
  readonly files: ConnectorDraft;
};

/** Ten connectors, each broken in its own way and place; fewer when there are not as many. Changes nothing that it is given. */
export function breakConnectors(breaking: Breaking, clean: readonly ConnectorDraft[], count = 10): readonly Broken[] {
  const chosen = choosePlaces(breaking, clean).slice(0, count);
  return chosen.flatMap(({ index, place, way }): Broken[] => {
    const copy = structuredClone(clean[index]);
    const target = copy && breaking.places(copy.definition, copy)[place];
    if (copy === undefined || target === undefined) return [];
    const text = breaking.ways[way]?.(target, copy.definition);
    return [
      {
        index,
        title: `document ${index + 1}, place ${place + 1}, way ${way + 1}`,
        files: { ...copy, ...(typeof text === 'string' && { text }) },
      },
    ];
  });
}

type Choice = { readonly index: number; readonly place: number; readonly way: number };

/** Every way at every place of every connector; the first ones differ in all three. */
function choosePlaces(breaking: Breaking, clean: readonly ConnectorDraft[]): readonly Choice[] {
  const all = clean.flatMap((files, index) =>
    breaking
      .places(files.definition, files)
      .flatMap((_, place) => breaking.ways.map((_way, way): Choice => ({ index, place, way }))),
  );
  const rank = ({ index, place, way }: Choice): number =>
    (place + way) % clean.length === index ? place * breaking.ways.length + way : all.length + place;
  return all.toSorted((left, right) => rank(left) - rank(right));
}

export function findingsOf({ definition, properties, text }: ConnectorDraft): readonly Finding[] {
  const read = readConnector({
    definition: { name: 'apiDefinition.swagger.json', content: text ?? JSON.stringify(definition, undefined, 4) },
    properties: { name: 'apiProperties.json', content: JSON.stringify(properties, undefined, 2) },
  });
  return [...read.findings, ...certify(read)];
}

/** The codes of which there are more findings than before. */
export function addedCodes(before: readonly Finding[], after: readonly Finding[]): readonly string[] {
  const count = (findings: readonly Finding[], code: string): number =>
    findings.filter((finding) => finding.code === code).length;
  const codes = [...new Set(after.map((finding) => finding.code))];
  return codes.filter((code) => count(after, code) > count(before, code)).sort();
}
